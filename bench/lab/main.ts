// `npm run -s bench -- eigh`: the lab. Solvers side by side, this build against another, or runs joined and drawn.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { parseHTML } from 'linkedom';
import type { Problem } from '../../web/src/lab/solver.js';
import { machine } from '../machine.js';
import { Refusal } from '../refusal.js';
import { version } from '../solvers/emft.js';
import { gather, install } from '../solvers/index.js';
import { against, printed as printedComparison } from './against.js';
import { accuracyFigure, profileFigure, timeFigure } from './figures.js';
import { comparable, join, type LabFile, printed, readLab, sixDigits } from './file.js';
import { revision, runLab } from './run.js';
import { nativeTable, runTable, table } from './table.js';
import { leastProcesses, TASKS } from './verdict.js';

/** Seconds: see `Pace`. */
const PACE = { least: 3, sample: 0.005, warm: 0.05, budget: 1.5, alone: 8 };

interface LabOptions {
  sizes: readonly number[];
  matrices: readonly string[];
  problems: readonly Problem[];
  threads: number;
  rounds: number;
  limit: number;
  seed: number;
  /** Files with solvers, and libraries. */
  files: readonly string[];
  libraries: readonly string[];
  only: RegExp;
  install: boolean;
  output?: string;
  log(text: string): void;
}

/** Writes `lab.json`, and the figures for which there are several orders. */
async function keep(file: LabFile, output: string): Promise<void> {
  await mkdir(output, { recursive: true });
  await writeFile(joinPath(output, 'lab.json'), printed(file));
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const page = document as unknown as Document;
  const symmetric = comparable(file.rows).filter((row) => row.problem === 'symmetric' && !row.valuesOnly);
  const random = symmetric.filter((row) => row.matrix === 'goe');
  const figures = {
    time: [timeFigure, random],
    accuracy: [accuracyFigure, symmetric],
    profile: [profileFigure, symmetric],
  } as const;
  for (const [name, [draw, rows]] of Object.entries(figures)) {
    if (new Set(rows.map((row) => row.n)).size < 2) continue;
    const svg = draw(rows, page).outerHTML;
    await writeFile(joinPath(output, `lab-${name}.svg`), svg);
    const png = new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 }, background: 'white' }).render().asPng();
    await writeFile(joinPath(output, `lab-${name}.png`), png);
  }
}

function show(file: LabFile, log: (text: string) => void): void {
  const runs = runTable(file.runs, file.rows);
  if (runs !== '') log(runs);
  log(nativeTable(file.natives));
  log('');
  log(table(file.rows));
  log(
    `\n${file.threads === 1 ? 'One thread each' : `${file.threads} threads for emft and native, one for the others`}.`,
  );
  log(
    'Medians over rounds in which all take turns; ± half the 95 % interval (bootstrap); ratios are medians over the rounds.',
  );
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(joinPath(tmpdir(), 'emft-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const benchLab = (options: LabOptions): Promise<void> =>
  withFolder(async (folder) => {
    const { log, threads, libraries } = options;
    const began = new Date().toISOString();
    const about = machine();
    const skipped: LabFile['skipped'] = [];
    if (options.install) await install(folder);
    const wanted = {
      threads,
      folder,
      libraries,
      modules: options.install ? folder : undefined,
      skipped(name: string, reason: string) {
        skipped.push({ name, reason });
        log(`not measured: ${name}: ${reason}`);
      },
      note: log,
    };
    const { core, solvers, natives, close } = await gather(wanted, options.files, options.only);
    for (const s of solvers) log(`${s.name}: ${s.version ?? 'unknown version'}`);
    try {
      if (solvers.length === 0) throw new Refusal(`--only: no solver has a name that ${options.only} finds`);
      const pace = { ...PACE, rounds: options.rounds, limit: options.limit };
      const rows = await runLab(core, solvers, { ...options, pace }, (found) => {
        const [{ matrix, n, problem }] = found.length > 0 ? found : [{ matrix: '', n: 0, problem: '' }];
        const failed = found.filter((row) => row.failed).map((row) => `${row.solver} (${row.failed})`);
        process.stderr.write(
          `${matrix}, ${problem}, n = ${n}: ${found.length} solvers${failed.length ? `; ${failed.join(', ')}` : ''}\n`,
        );
      });
      const file: LabFile = {
        format: 'emft-lab-2',
        version,
        runs: [{ revision: revision(), began: [began], machine: about }],
        threads,
        solvers: solvers.map(({ name, kind = 'peer', version = 'unknown' }) => ({ name, kind, version })),
        natives,
        skipped,
        rows: rows.map((row) => ({ ...row, run: 0 })),
      };
      show(file, log);
      if (options.output) await keep(file, options.output);
    } finally {
      await close();
    }
  });

/** Joins runs, prints their table, and draws them. */
export async function benchReport(
  paths: readonly string[],
  output: string | undefined,
  log: (text: string) => void,
) {
  const file = join(await Promise.all(paths.map(readLab)));
  show(file, log);
  if (output) await keep(file, output);
}

/** This build against that of a revision, or against itself. Sets the exit status where it is slower. */
export const benchAgainst = (
  ref: string | undefined,
  {
    sizes,
    processes,
    rounds,
    output,
    log,
  }: { processes: number } & Pick<LabOptions, 'sizes' | 'rounds' | 'output' | 'log'>,
): Promise<void> =>
  withFolder(async (folder) => {
    const least = leastProcesses(TASKS.length * sizes.length);
    if (processes < least)
      throw new Refusal(`--processes: a verdict on ${sizes.length} orders takes at least ${least}`);
    const comparison = await against({ ref, sizes, processes, rounds, folder, log });
    log(printedComparison(comparison));
    if (comparison.verdicts.some(({ verdict }) => verdict === 'slower')) process.exitCode = 1;
    if (!output) return;
    await mkdir(output, { recursive: true });
    const name = ref === undefined ? 'aa.json' : 'against.json';
    await writeFile(joinPath(output, name), `${JSON.stringify(comparison, sixDigits)}\n`);
  });
