// The command late: the numbers of the library and of the sweep kind of the same name, and what it refuses.
import { spawnSync } from 'node:child_process';
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { late as kind } from '../../../cli/src/sweeps/kinds/late.js';

const main = new URL('../../../cli/dist/main.js', import.meta.url).pathname;
const late = (...args: string[]) =>
  spawnSync(process.execPath, [main, 'late', ...args], { encoding: 'utf8' });

const model = ['--alpha', '0.6', '-n', '3', '--seed', '5', '--sample', '2'];
const parameters = {
  alpha: 0.6,
  n: 3,
  reading: 'printed',
  h: 1,
  deltaH: 0.1,
  grainScale: 1.5,
  grain: 'gue',
  g0: 0.2,
};

test('one realization: C(t) at the times, its average over all times, the mean field', async () => {
  const { stdout } = late(...model, '--grain', 'gue', '--g0', '0.2', '--times', '0,0.5,8', '--json');
  const { times, errors, curves, ...rest } = JSON.parse(stdout);
  const core = await createCore();
  const spins = await kind.compute(core, parameters, 5, 2, 'spins');
  const range = { earliest: 0.5, latest: 8, times: 2 };
  const { autocorrelator } = await kind.compute(core, { ...parameters, ...range }, 5, 2, 'curves');
  core.dispose();
  expect(times).toEqual([0, 0.5, 8]);
  for (const error of errors) expect(error).toBeLessThan(1e-12);
  const later = (curves as number[][]).flatMap(([first, ...more]) => {
    expect(first).toBeCloseTo(1, 12);
    return more;
  });
  expect(later).toEqual(autocorrelator);
  for (const name of ['plateau', 'bare', 'g', 'czz'])
    expect([name, rest[name]]).toEqual([name, Array.from(spins[name] as ArrayLike<number>)]);
  expect(Object.keys(rest)).toEqual(['plateau', 'bare', 'g', 'czz']);
});

test('as text it is a table with a row an l-bit', () => {
  const [head, ...lines] = late(...model, '--times', '0,2.5')
    .stdout.trimEnd()
    .split('\n');
  expect(head.trim().split(/ +/)).toEqual(['n', 'plateau', 'bare', 'g', 'czz', 'C(0)', 'C(2.5)']);
  expect(lines.map((line) => Number(line.trim().split(/ +/)[0]))).toEqual([1, 2, 3]);
});

test('random vectors know no plateau, and more states', async () => {
  const args = ['--alpha', '0.6', '-n', '10', '--seed', '5', '--times', '0,1', '--json'];
  const { stdout } = late(...args, '--vectors', '1');
  const { curves, errors, ...rest } = JSON.parse(stdout);
  // What the series of products leaves out is no secret.
  expect(errors[1]).toBeGreaterThan(0);
  expect(errors[1]).toBeLessThan(1e-6);
  expect(rest).not.toHaveProperty('plateau');
  expect(curves).toHaveLength(10);
  for (const [first, second] of curves) {
    expect(first).toBeCloseTo(1, 6);
    expect(second).toBeLessThan(first);
  }
});

test.each([
  [['--times', '1,-1'], /^emft: --times: expected a finite number ≥ 0 and ≤ 1000000000, got -1$/],
  [['--times', '1,x'], /^emft: --times: expected a finite number .*got "x"$/],
  [[], /^emft: --times: missing/],
  [['--times', '1', '-n', '10'], /^emft: --n: .* 8192 states, expected at most 4096: --vectors takes more$/],
  [['--times', '1', '--h', '100', '-n', '1'], /^emft: --g0: missing: .*no state of the grain/],
  // These named what is drawn, "couplings" and "fields", which is no flag.
  [
    ['--times', '1', '--j1', '1e200'],
    /^emft: --g0: missing: \(3\) is not for these .*, couplings: element 0 /,
  ],
  [
    ['--times', '0', '-n', '17', '--vectors', '1'],
    /^emft: --g0: missing: \(3\) is not for .*, fields: expected 1 … 16 l-bits, got 17$/,
  ],
  // The cap on products has no flag here either.
  [
    ['--times', '1,1e9', '--vectors', '1'],
    /^emft: --times \(1\): .* products with the operator, more than 1000000$/,
  ],
  // The whole trace printed digits of noise.
  [
    ['--times', '1,1e9', '--h', '1e6', '--g0', '0.1'],
    /^emft: --times \(1\): is 1000000000, at which phases e\^\{−iEt\} are lost to rounding: expected at most 3\.7e\+5/,
  ],
  [
    ['--times', '1,1e9', '--h', '1e6', '--g0', '0.1', '--vectors', '1'],
    /^emft: --times \(1\): is 1000000000, at which phases e\^\{−iEt\} are lost to rounding: expected at most/,
  ],
  [['--times', '1', '-n', '0'], /^emft: --n: expected a whole number ≥ 1/],
])('refuses %s', (args, message) => {
  const { status, stderr, stdout } = late(...model, ...args);
  expect(stderr.trimEnd()).toMatch(message);
  expect([status, stdout]).toEqual([2, '']);
});

test('digits beyond what is known of C(t) are not printed without a word', () => {
  const { status, stderr } = late(...model, '--times', '1,1e8');
  expect(status).toBe(0);
  expect(stderr).toMatch(/^emft: C\(100000000\) is known to 1e-6: digits beyond that are rounding\n$/);
  expect(late(...model, '--times', '1,100').stderr).toBe('');
});
