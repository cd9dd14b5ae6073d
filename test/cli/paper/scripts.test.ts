// The scripts behind docs/readings.md and docs/accuracy.md print the numbers that stand there.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { createCore } from 'emft';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const printed = async (script: string, ...args: string[]) =>
  (await run(process.execPath, [`scripts/${script}.js`, ...args])).stdout;
const readings = readFileSync('docs/readings.md', 'utf8');

/** P(at least k of n) at a probability p, by its sum. */
function atLeast(k: number, n: number, p: number): number {
  let [term, sum] = [(1 - p) ** n, 0];
  for (let j = 0; j <= n; ++j) {
    if (j >= k) sum += term;
    term *= ((n - j) / (j + 1)) * (p / (1 - p));
  }
  return sum;
}

test('rare avalanches: counted within the event, bounded by its probability', async () => {
  const text = await printed('rare-avalanches', '8,10', '0.41', '199');
  const lines = [
    ...text.matchAll(/^R (\d+), W 200\.0: (\d+) of 80 in r = 5, delta = 0\.25 W: f_aval >= 10\^(\S+)$/gm),
  ];
  expect(lines.map(([, radius]) => radius)).toEqual(['8', '10']);
  expect(readings).toContain(`| 200.0 | 5, 0.25 | ${lines[1][2]} of 80 /`);
  for (const [, , hits, exponent] of lines) {
    // The lower end of the 95 % interval, by bisection.
    let [low, high] = [0, 1];
    for (let i = 0; i < 60; ++i) {
      const middle = (low + high) / 2;
      if (atLeast(Number(hits), 80, middle) < 0.025) low = middle;
      else high = middle;
    }
    // One site, and the sixty within five steps of it.
    expect(Number(exponent)).toBeCloseTo(Math.log10(0.75 * 0.25 ** 60 * low), 1);
  }
});

test('W_th of a radius and a hopping of one’s own: avalanches below it, none of a grid above', async () => {
  const text = await printed('threshold-search', '5', '0.41');
  const found = /^R 5, hopping 0\.41: W_th in \[(\S+), (\S+)\], avalanche at theta0 (\S+)$/m.exec(text)!;
  const [low, high, theta0] = found.slice(1).map(Number);
  expect(high / low).toBeLessThan(1.004);
  // The middle may lie halfway between two numbers of two decimals, so that it is compared by the error that is stated.
  const [, middle, error] = /([\d.]+) ± ([\d.]+) at each/.exec(readings)!;
  expect(Math.abs(Number(middle) - (low + high) / 2)).toBeLessThan(Number(error) / 2);
  const core = await createCore();
  const runs = (strength: number, offset: number) =>
    core.latticeVerdict({ radius: 5, strength, hopping: 0.41, theta0: offset }).avalanche;
  expect(runs(low - 0.01, theta0)).toBe(true);
  for (let i = 0; i < 96; ++i) expect(runs(high + 0.01, (2 * Math.PI * i) / 96)).toBe(false);
  core.dispose();
}, 120_000);

test('level statistics of a few random matrices are those of random matrices, within errors that are given', async () => {
  const text = await printed('level-statistics', '60', '96');
  for (const [ensemble, exact] of [
    ['goe', 0.5307],
    ['gue', 0.5996],
    ['poisson', 0.3863],
  ] as const) {
    const [, mean, error] = new RegExp(`^${ensemble}: <r> = (\\S+) ± (\\S+)$`, 'm').exec(text)!;
    expect(Math.abs(Number(mean) - exact), ensemble).toBeLessThan(4 * Number(error));
    expect(Number(error), ensemble).toBeLessThan(0.006);
  }
  const [typical, most] =
    /^form factor: off by (\S+) standard errors \(root mean square\), by (\S+) at most$/m
      .exec(text)!
      .slice(1)
      .map(Number);
  // Fifty errors of which each is normal, but not independent of the next.
  expect(typical).toBeGreaterThan(0.6);
  expect(typical).toBeLessThan(1.5);
  expect(most).toBeLessThan(4.5);
});
