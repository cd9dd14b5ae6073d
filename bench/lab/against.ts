// This build against the one of another revision, or against itself (A/A), which shows what noise looks like.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Machine, machine } from '../machine.js';
import { refuse } from '../refusal.js';
import { revision } from './run.js';
import { type Pair, type Verdict, verdicts } from './verdict.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const script = fileURLToPath(new URL('./pair.ts', import.meta.url));

export interface Comparison {
  format: 'emft-against-1';
  began: string;
  machine: Machine;
  /** The two revisions that are compared; in A/A they are the same. */
  a: string;
  b: string;
  rounds: number;
  processes: Pair[][];
  verdicts: Verdict[];
}

/** A copy of the files of the package, in another folder. */
async function copyOfThis(folder: string): Promise<string> {
  await mkdir(folder);
  for (const name of ['dist', 'build', 'package.json']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  return folder;
}

/** A work tree of that revision, built with the tools that are installed here. Closed by `remove`. */
async function built(ref: string, folder: string, log: (text: string) => void): Promise<string> {
  await run('git', ['-C', root, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`]).catch(({ code }) =>
    refuse(
      `--against ${ref}`,
      code === 'ENOENT' ? 'git is not installed' : 'no such revision of this repository',
    ),
  );
  await run('git', ['-C', root, 'worktree', 'add', '--detach', folder, ref]);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  log(`building ${ref} …`);
  const script = existsSync(join(folder, 'scripts/build-wasm.js'));
  const wasm = script ? [join(folder, 'scripts/build-wasm.js'), 'simd'] : undefined;
  if (wasm) await run(process.execPath, wasm, { cwd: folder });
  else await run('npm', ['run', '-s', 'build:wasm'], { cwd: folder });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '-p', join(folder, 'tsconfig.build.json'), '--noCheck'], { cwd: folder });
  return folder;
}

interface Options {
  /** Revision that this build is compared with; this build itself when left out. */
  ref?: string;
  sizes: readonly number[];
  processes: number;
  rounds: number;
  /** For builds; emptied by the caller. */
  folder: string;
  log(text: string): void;
}

/** Build a is that of the other revision, build b this one; 'slower' means that this one is slower. */
export async function against({ ref, sizes, processes, rounds, folder, log }: Options): Promise<Comparison> {
  const began = new Date().toISOString();
  const [a, b] = [join(folder, 'a'), join(folder, 'b')];
  const about = { format: 'emft-against-1' as const, began, machine: machine(), rounds };
  try {
    await (ref === undefined ? copyOfThis(a) : built(ref, a, log));
    await copyOfThis(b);
    const seen: Pair[][] = [];
    for (let k = 0; k < processes; ++k) {
      // The build that is loaded first alternates from process to process, so that neither is favoured.
      const words = ['--import', 'tsx', script, a, b, sizes.join(','), String(rounds), String(k)];
      const { stdout } = await run(process.execPath, words, { cwd: root, maxBuffer: 2 ** 28 });
      seen.push(JSON.parse(stdout) as Pair[]);
    }
    const own = revision();
    const named = ref === undefined ? own : `${ref}`;
    return { ...about, a: named, b: own, processes: seen, verdicts: verdicts(seen) };
  } finally {
    if (ref !== undefined) await run('git', ['-C', root, 'worktree', 'remove', '--force', a]).catch(() => {});
  }
}

/** A line for each verdict. */
export function printed({ a, b, verdicts: all }: Comparison): string {
  const lines = all.map(({ n, what, ratio, low, high, processes, verdict }) =>
    [
      `n = ${String(n).padStart(4)}, ${what.padEnd(11)}`,
      `${b} takes ${ratio.toFixed(3)} times as long as ${a}`,
      `[${low.toFixed(3)}, ${high.toFixed(3)}], ${processes} processes: ${verdict}`,
    ].join('  '),
  );
  return lines.join('\n');
}
