// What a run of the lab leaves behind: every sample, with what it was measured on, as one JSON document. Runs of the same machine can be
// joined, so that a long comparison is made in pieces; each row says of which run it is.
import { readFile } from 'node:fs/promises';
import type { Row } from '../../web/src/lab/rounds.js';
import type { Machine } from '../machine.js';
import type { Found } from '../solvers/native.js';

/** What one run was made of. */
export interface Run {
  /** Revision of the repository, with + where files are changed. */
  revision: string;
  /** When it began; several moments where runs were joined before each had a revision of its own. */
  began: string[];
  machine: Machine;
}

/** A row of the lab, and the index of its run. */
export type LabRow = Row & { run: number };

export interface LabFile {
  format: 'emft-lab-2';
  version: string;
  runs: Run[];
  threads: number;
  solvers: { name: string; kind: string; version: string }[];
  /** Every native library that was found. */
  natives: Found[];
  /** What could not be measured, and why. */
  skipped: { name: string; reason: string }[];
  rows: LabRow[];
}

/** As files were, with one revision and one machine for all that was joined. */
type Older = Omit<LabFile, 'format' | 'runs' | 'rows'> & Run & { format: 'emft-lab-1'; rows: Row[] };

export async function readLab(path: string): Promise<LabFile> {
  const file = JSON.parse(await readFile(path, 'utf8')) as LabFile | Older;
  if (file.format === 'emft-lab-2') return file;
  if (file.format !== 'emft-lab-1') throw new Error(`${path}: not a run of the lab`);
  const { revision, began, machine, rows, ...about } = file;
  const all = rows.map((row) => ({ ...row, run: 0 }));
  return { ...about, format: 'emft-lab-2', runs: [{ revision, began, machine }], rows: all };
}

const problemOf = (row: Row) => [row.problem, row.matrix, row.n, row.valuesOnly].join(' ');

const once = <T>(all: readonly T[], key: (x: T) => string) => [
  ...new Map(all.map((x) => [key(x), x])).values(),
];

/** What has to be the same for times to be comparable. The system may be another: it is said with the run. */
const HARDWARE = ['cpu', 'width', 'cores', 'gibibytes', 'arch', 'node'] as const;

/** Joins several runs of one machine; where two have the same row, that of the later file counts. */
export function join(files: readonly LabFile[]): LabFile {
  const [first] = files;
  const known = first.runs[0].machine;
  for (const { runs, threads, version } of files) {
    const differs = runs.flatMap(({ machine }) => HARDWARE.filter((what) => machine[what] !== known[what]));
    if (differs.length > 0)
      throw new Error(`runs of different machines cannot be joined: ${differs[0]} differs`);
    if (threads !== first.threads || version !== first.version)
      throw new Error('runs of different versions or numbers of threads cannot be joined');
  }
  let before = 0;
  const all = files.flatMap(({ runs, rows }) => {
    const moved = rows.map((row) => ({ ...row, run: row.run + before }));
    before += runs.length;
    return moved;
  });
  const rows = once(all, (row) => `${problemOf(row)} ${row.solver}`);
  return {
    ...first,
    runs: files.flatMap(({ runs }) => runs),
    solvers: once(
      files.flatMap((file) => file.solvers),
      ({ name, version }) => `${name} ${version}`,
    ),
    natives: once(
      files.flatMap((file) => file.natives),
      ({ path, config }) => `${path} ${config}`,
    ),
    skipped: once(
      files.flatMap((file) => file.skipped),
      ({ name }) => name,
    ),
    rows: rows.sort(
      (p, q) => p.problem.localeCompare(q.problem) * -1 || p.n - q.n || p.matrix.localeCompare(q.matrix),
    ),
  };
}

/** Rows that took turns: those of one problem and one run. With vectors and without are two problems. */
export function groups(rows: readonly LabRow[]): LabRow[][] {
  const found = new Map<string, LabRow[]>();
  for (const row of rows) {
    const key = `${problemOf(row)} ${row.run}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()];
}

/** Of each problem the rows of one run, the one that has most of them: times of different builds are no comparison of solvers. */
export function comparable(rows: readonly LabRow[]): LabRow[] {
  const best = new Map<string, LabRow[]>();
  for (const group of groups(rows)) {
    const key = problemOf(group[0]);
    if (group.length >= (best.get(key)?.length ?? 0)) best.set(key, group);
  }
  return [...best.values()].flat();
}

/** For JSON.stringify: numbers to six digits. */
export const sixDigits = (_: string, x: unknown) => (typeof x === 'number' ? Number(x.toPrecision(6)) : x);

/** As JSON, a row a line, seconds to six digits. */
export function printed(file: LabFile): string {
  const { rows, ...about } = file;
  const head = JSON.stringify(about, null, 1).replace(/\n\}$/, '');
  return `${head},\n "rows": [\n${rows.map((row) => JSON.stringify(row, sixDigits)).join(',\n')}\n ]\n}\n`;
}
