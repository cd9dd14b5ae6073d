// Each system call of each command on a run fails once, with each of four errors, until a command makes no more such
// call: a library between Node and the system (failingCalls.c) makes it fail. What is resumed has the bytes of an
// undisturbed run, and no command says more or less than one sentence.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chainFile, damagedShards, emft, isRaw, shardsOf, temporaries } from './commands.js';

export const CALLS = [
  'open',
  'read',
  'write',
  'fsync',
  'rename',
  'link',
  'unlink',
  'mkdir',
  'readdir',
  'stat',
] as const;
export const CODES = ['EIO', 'ENOSPC', 'EACCES', 'ENOENT'] as const;

interface Matrix {
  /** Calls that were made to fail. */
  failed: number;
  /** Of these, those that the command got over. */
  survived: number;
  byCall: Record<string, number>;
  problems: string[];
}

interface Options {
  /** An empty directory. */
  directory: string;
  calls?: readonly (typeof CALLS)[number][];
  codes?: readonly (typeof CODES)[number][];
  onCall?(call: string, code: string, matrix: Matrix): void;
}

interface Run {
  config: string;
  /** Directory of a run that nothing disturbed, and the file that it is collected to. */
  undisturbed: string;
  expected: Buffer;
  path: string;
  output: string;
}

/** What is wrong with a run after it was resumed, or begun again where there is nothing to resume. */
async function mended({ config, undisturbed, expected, path, output }: Run): Promise<string[]> {
  const problems: string[] = [];
  const begun = existsSync(join(path, 'manifest.json'));
  const next = begun ? ['resume', path] : ['sweep', config, '-o', path];
  const rest = await emft([...next, '--workers', '1']);
  if (rest.status !== 0 || isRaw(rest.stderr)) problems.push(`${next[0]}: ${rest.stderr}`);
  const collected = await emft(['collect', path, '-o', output, '--force']);
  if (collected.status !== 0) problems.push(`collect: ${collected.stderr}`);
  else if (!readFileSync(output).equals(expected)) problems.push('collected otherwise');
  problems.push(...(await damagedShards(path)), ...temporaries(path));
  if (shardsOf(path).join() !== shardsOf(undisturbed).join()) problems.push(`shards: ${shardsOf(path)}`);
  return problems;
}

export async function failCalls({
  directory,
  calls = CALLS,
  codes = CODES,
  onCall,
}: Options): Promise<Matrix> {
  const library = join(directory, 'failing.so');
  const source = fileURLToPath(new URL('failingCalls.c', import.meta.url));
  execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  const config = join(directory, 'faults.toml');
  writeFileSync(config, chainFile(3, 3));
  const undisturbed = join(directory, 'undisturbed');
  await emft(['sweep', config, '-o', undisturbed, '--workers', '1']);
  await emft(['collect', undisturbed, '-o', `${undisturbed}.parquet`]);
  const expected = readFileSync(`${undisturbed}.parquet`);
  const path = join(directory, 'run');
  const output = `${path}.parquet`;
  const run = { config, undisturbed, expected, path, output };
  const mark = join(directory, 'mark');
  const matrix: Matrix = { failed: 0, survived: 0, byCall: {}, problems: [] };

  /** A run with a shard missing, a shard that failed and a damaged one. */
  const spoilt = () => {
    cpSync(undisturbed, path, { recursive: true });
    const [first, second] = shardsOf(path);
    rmSync(join(path, 'shards', first));
    writeFileSync(join(path, 'shards', second), 'damaged');
  };
  const commands: [args: string[], prepare: () => void][] = [
    [['sweep', config, '-o', path, '--workers', '1'], () => {}],
    [['resume', path, '--workers', '1'], spoilt],
    [['status', path], spoilt],
    [['collect', path, '-o', output, '--force'], () => cpSync(undisturbed, path, { recursive: true })],
  ];
  for (const call of calls) {
    for (const code of codes) {
      for (const [args, prepare] of commands) {
        for (let number = 1; matrix.problems.length < 20; ++number) {
          prepare();
          const end = await emft(args, {
            env: {
              LD_PRELOAD: library,
              EMFT_FAIL_CALL: call,
              EMFT_FAIL_NUMBER: String(number),
              EMFT_FAIL_ERRNO: String(constants.errno[code]),
              EMFT_FAIL_PATH: path,
              EMFT_FAIL_MARK: mark,
            },
          });
          const what = `${args[0]}, ${call} ${number} with ${code}`;
          const fired = existsSync(mark);
          if (fired) {
            matrix.failed++;
            matrix.byCall[call] = (matrix.byCall[call] ?? 0) + 1;
            if (end.status === 0) matrix.survived++;
          }
          const said = end.stderr.split('\n').filter((line) => line.startsWith('emft: '));
          if (
            end.status === 0 ? said.length > 0 : end.status === null || said.length !== 1 || isRaw(end.stderr)
          ) {
            matrix.problems.push(`${what}: status ${end.status}: ${end.stderr}`);
          }
          for (const problem of await mended(run))
            matrix.problems.push(`${what}: ${problem}; it had said: ${end.stderr}`);
          for (const name of readdirSync(directory)) {
            if (name.startsWith('run') || name === 'mark' || name.startsWith('.run')) {
              rmSync(join(directory, name), { recursive: true });
            }
          }
          if (!fired) break;
        }
      }
      onCall?.(call, code, matrix);
    }
  }
  return matrix;
}
