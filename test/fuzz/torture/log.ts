// What a run has shown, as text: machine, versions, seeds, counts, the worst ratios, failures.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { RunResult } from './run.js';
import { decompositions, type Tally } from './tally.js';

interface About {
  seed: number;
  first: number;
  jobs: number;
  seconds: number;
  files: readonly string[];
}

const root = new URL('../../../', import.meta.url);

export function logText({ tally, failures, errors, nodes }: RunResult, about: About): string {
  const { seed, first, jobs, seconds, files } = about;
  const failed = Object.values(tally.failures).reduce((s, x) => s + x, 0);
  return `${[
    '# Torture of the decompositions',
    '',
    `${decompositions(tally)} decompositions of ${tally.matrices} matrices and ${tally.coldProcesses} cold processes ` +
      `in ${(seconds / 60).toFixed(1)} min: ${failed} failures, ${errors.length} errors of the torture itself.`,
    '',
    `- commit: ${commit()}`,
    `- package: emft ${version()}`,
    `- machine: ${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()} ${release()}`,
    `- Node, for stretches of rounds in turn and for cold processes: ${Object.entries(nodes)
      .map(([, binary]) => execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim())
      .join(', ')}`,
    `- seed ${seed}, ${tally.rounds} rounds from ${first} on, ${jobs} processes`,
    `- limits: ratios below 30 in LAPACK's units, bits of every other way and number of threads the same`,
    '',
    ...Object.entries(tally.counts).flatMap(([heading, counts]) =>
      table(`Decompositions by ${heading}`, counts),
    ),
    ...Object.entries(tally.cold).flatMap(([heading, counts]) =>
      table(`Cold processes by ${heading}`, counts),
    ),
    ...table('Other computations', tally.others),
    ...worstTable(tally),
    ...(failed > 0 ? table('Failures', tally.failures) : ['## Failures', '', 'none', '']),
    ...files.map((file) => `- ${file}`),
    ...errors.map((error) => `- error of the torture: ${error}`),
    failures.length > files.length ? `${failures.length - files.length} more were not written down` : '',
  ].join('\n')}\n`;
}

function table(title: string, counts: Readonly<Record<string, number>>): string[] {
  const rows = Object.entries(counts).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return [`## ${title}`, '', ...rows.map(([key, x]) => `| ${key} | ${x} |`), ''];
}

function worstTable({ worst }: Tally): string[] {
  const show = (x: number) => x.toFixed(2);
  return [
    '## Largest ratios that passed',
    '',
    '| of | residual | orthogonality | values with and without vectors |',
    '| --- | --- | --- | --- |',
    ...Object.entries(worst)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, w]) => `| ${key} | ${show(w.residual)} | ${show(w.orthogonality)} | ${show(w.values)} |`),
    '',
  ];
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  try {
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain') ? ', with changes' : '');
  } catch {
    return 'unknown';
  }
}

function version(): string {
  return JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).version;
}
