// Runs as Slurm job arrays. Each element of the array gets a share of the missing chunks, of about equal estimated
// cost, and computes them as the local engine would. Slurm requeues elements whose node fails. The shards show what is
// done, the job script says what each element has to do, and the run's id in the job name finds its jobs in the
// queue: nothing else is stored.
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EmftError, InputError } from 'emft/check';
import { misnamed, systemCode } from '../../../files/fileError.js';
import type { Chunk } from '../../plan.js';
import type { RunDirectory } from '../../runDirectory.js';
import { formatRanges } from './ranges.js';
import { quoted } from './shellWord.js';

const run = promisify(execFile);
const cli = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../../dist/main.js' : '../../../main.js', import.meta.url),
);

/** Slurm's commands are missing, or refuse. */
export class SlurmError extends EmftError {
  override name = 'SlurmError';
}

async function call(command: string, args: string[], input?: string): Promise<string> {
  try {
    const child = run(command, args, { maxBuffer: 2 ** 28 });
    child.child.stdin?.on('error', () => {}).end(input ?? '');
    return (await child).stdout;
  } catch (error) {
    const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') {
      throw new SlurmError(`no ${command} here: Slurm's commands are needed on this machine's PATH`);
    }
    throw new SlurmError(`${command}: ${(stderr?.trim() || message).replace(/\s*[\r\n]+\s*/g, '; ')}`);
  }
}

/** Chunks in `count` consecutive shares of about equal cost; none is empty. */
export function shares(chunks: readonly number[], all: readonly Chunk[], count: number): number[][] {
  const parts = Math.min(count, chunks.length);
  const total = chunks.reduce((sum, i) => sum + all[i].cost, 0);
  const result: number[][] = [];
  let spent = 0;
  for (let at = 0; at < chunks.length; ++at) {
    const left = chunks.length - at;
    const owed = parts - result.length;
    const full = spent >= (total * result.length) / parts;
    if (result.length === 0 || (owed > 0 && (full || left <= owed))) result.push([]);
    result.at(-1)!.push(chunks[at]);
    spent += all[chunks[at]].cost;
  }
  return result;
}

/**
 * Refuses a run whose files Slurm cannot name: a line break could begin a directive of sbatch, and a backslash switches
 * off the patterns in names of output files. Throws an InputError.
 */
export function checkSlurmPath(path: string): void {
  if (/[\p{Cc}\\]/u.test(path)) {
    throw new InputError(
      path,
      'holds a control character or a backslash, which Slurm does not take in a path',
    );
  }
}

function jobName(id: string): string {
  return `emft-${id}`;
}

/** Uses `exec`, so that the signal before the time limit reaches Node and not a shell. */
export function jobScript(directory: string, elements: number[][], retryFailed: boolean): string {
  const cases = elements.map((chunks, i) => `${i}) chunks=${formatRanges(chunks)} ;;`);
  const words = [process.execPath, cli, 'element', directory];
  words.forEach(checkSlurmPath);
  const args = words.map(quoted).join(' ');
  return [
    '#!/bin/sh',
    'case $SLURM_ARRAY_TASK_ID in',
    ...cases,
    'esac',
    `exec ${args} --chunks "$chunks"${retryFailed ? ' --retry-failed' : ''}`,
    '',
  ].join('\n');
}

/** Throws while elements of the run wait or run: their chunks must not be assigned twice. */
export async function checkIdle({ path, manifest }: RunDirectory): Promise<void> {
  const active = (await queue(manifest.id)).filter(({ active }) => active);
  if (active.length === 0) return;
  const jobs = [...new Set(active.map(({ job }) => job))].join(' ');
  throw new InputError(path, `has elements in the queue; wait for them, or: scancel ${jobs}`);
}

/** Submits the missing chunks; returns the array's job id, or undefined when nothing is missing. */
export async function submit(
  directory: RunDirectory,
  { retryFailed = false }: { retryFailed?: boolean } = {},
): Promise<{ job: string; elements: number } | undefined> {
  const { id, run: settings } = directory.manifest;
  const { partition, time, memory, concurrent, cpus, signal, options } = settings.slurm;
  checkSlurmPath(directory.path);
  await checkIdle(directory);
  const shards = await directory.shards();
  const missing = directory.chunks
    .map((_, i) => i)
    .filter((i) => !shards.has(i) || (retryFailed && shards.get(i)!.failed > 0));
  if (missing.length === 0) return undefined;
  const elements = shares(missing, directory.chunks, Math.min(settings.slurm.elements, await largestArray()));
  const output = join(directory.path, 'slurm');
  try {
    await mkdir(output);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw misnamed(error, output, 'made');
  }
  const args = [
    '--parsable',
    '--requeue',
    `--job-name=${jobName(id)}`,
    `--array=0-${elements.length - 1}${concurrent === null ? '' : `%${concurrent}`}`,
    `--time=${time}`,
    `--mem=${memory}`,
    `--cpus-per-task=${cpus}`,
    '--nodes=1',
    '--ntasks=1',
    `--signal=B:USR2@${signal}`,
    `--output=${output.replaceAll('%', '%%')}/%A_%a.out`,
    '--open-mode=append',
    ...(partition === null ? [] : [`--partition=${partition}`]),
    ...options,
  ];
  const answer = await call('sbatch', args, jobScript(directory.path, elements, retryFailed));
  const job = answer.trim().split(';')[0];
  await directory.log('submit', { job, elements: elements.length, chunks: missing.length });
  return { job, elements: elements.length };
}

/**
 * The largest size of an array: its elements are numbered from 0 to MaxArraySize − 1. Throws a
 * SlurmError if there is no Slurm.
 */
export async function largestArray(): Promise<number> {
  const config = await call('scontrol', ['show', 'config']);
  return Number(/MaxArraySize\s*=\s*(\d+)/.exec(config)?.[1] ?? 1001);
}

export interface Element {
  /** Job id of the array. */
  job: string;
  element: number;
  /** As Slurm names it: PENDING, RUNNING, COMPLETED, NODE_FAIL, … */
  state: string;
  /** Whether it waits or runs. */
  active: boolean;
  node: string;
  /** The reason why it waits, or why it ended. */
  reason: string;
}

const ACTIVE = new Set([
  'PENDING',
  'RUNNING',
  'SUSPENDED',
  'COMPLETING',
  'CONFIGURING',
  'REQUEUED',
  'REQUEUE_FED',
  'REQUEUE_HOLD',
  'RESIZING',
  'SIGNALING',
  'STAGE_OUT',
  'STOPPED',
]);

/** The run's elements that are still in the queue. */
export async function queue(id: string): Promise<Element[]> {
  const format = '%F|%K|%T|%N|%r';
  const text = await call('squeue', ['-h', '-a', '-r', '-t', 'all', `--name=${jobName(id)}`, '-o', format]);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [job, element, state, node, reason] = line.split('|');
      return { job, element: Number(element), state, active: ACTIVE.has(state), node, reason };
    });
}

/** Called by an element that has to stop: puts it back into the queue. */
export async function requeueSelf(): Promise<void> {
  const { SLURM_ARRAY_JOB_ID: job, SLURM_ARRAY_TASK_ID: element } = process.env;
  await call('scontrol', ['requeue', `${job}_${element}`]);
}
