// What a run of the lab leaves behind: every sample, with what it was measured on, as one JSON document. Runs of the same machine can be
// joined, so that a long comparison is made in pieces.
import { readFile } from 'node:fs/promises';
import type { Row } from '../../web/src/lab/rounds.js';
import type { Machine } from '../machine.js';
import type { Found } from '../solvers/native.js';

export interface LabFile {
  format: 'emft-lab-1';
  version: string;
  /** Revision of the repository, with + where files are changed. */
  revision: string;
  /** When each of the joined runs began. */
  began: string[];
  machine: Machine;
  threads: number;
  solvers: { name: string; kind: string; version: string }[];
  /** Every native library that was found. */
  natives: Found[];
  /** What could not be measured, and why. */
  skipped: { name: string; reason: string }[];
  rows: Row[];
}

export async function readLab(path: string): Promise<LabFile> {
  const file = JSON.parse(await readFile(path, 'utf8')) as LabFile;
  if (file.format !== 'emft-lab-1') throw new Error(`${path}: not a run of the lab`);
  return file;
}

const keyOf = (row: Row) => [row.problem, row.matrix, row.n, row.solver].join(' ');

/** Joins several runs of one machine; where two have the same row, that of the later file counts. */
export function join(files: readonly LabFile[]): LabFile {
  const [first] = files;
  for (const { machine, threads, version } of files) {
    const same = machine.cpu === first.machine.cpu && machine.node === first.machine.node;
    if (!same || threads !== first.threads || version !== first.version) {
      throw new Error('runs of different machines, versions or numbers of threads cannot be joined');
    }
  }
  const once = <T>(all: readonly T[], key: (x: T) => string) => [
    ...new Map(all.map((x) => [key(x), x])).values(),
  ];
  const rows = once(
    files.flatMap((file) => file.rows),
    keyOf,
  );
  return {
    ...first,
    began: files.flatMap((file) => file.began),
    solvers: once(
      files.flatMap((file) => file.solvers),
      ({ name }) => name,
    ),
    natives: once(
      files.flatMap((file) => file.natives),
      ({ path }) => path,
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

/** As JSON, a row a line, seconds to six digits. */
export function printed(file: LabFile): string {
  const { rows, ...about } = file;
  const short = (_: string, x: unknown) => (typeof x === 'number' ? Number(x.toPrecision(6)) : x);
  const head = JSON.stringify(about, null, 1).replace(/\n\}$/, '');
  return `${head},\n "rows": [\n${rows.map((row) => JSON.stringify(row, short)).join(',\n')}\n ]\n}\n`;
}
