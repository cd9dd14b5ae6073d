// emft eigsh: ends, neighbourhoods and intervals of sparse matrices in files, what it prints and what it refuses.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ringLevels } from '../../support/graphs.js';
import { refused } from '../../support/outputs.js';
import { residentCommand } from '../../support/runs/resident.js';

const resident = residentCommand();
const emft = (args: string[]) => resident(args, scratch);

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'emft-eigsh-'));
  const n = 3000;
  const bonds = Array.from({ length: n }, (_, i) => [
    Math.max(i, (i + 1) % n) + 1,
    Math.min(i, (i + 1) % n) + 1,
  ]);
  const real = bonds.map(([i, j]) => `${i} ${j} -1`).join('\n');
  writeFileSync(
    join(scratch, 'ring.mtx'),
    `%%MatrixMarket matrix coordinate real symmetric\n${n} ${n} ${n}\n${real}\n`,
  );
  const d = 10;
  const edges = Array.from({ length: 2 ** d }, (_, i) =>
    Array.from({ length: d }, (_, b) => i ^ (1 << b))
      .filter((j) => j < i)
      .map((j) => `${i + 1} ${j + 1} -1\n`),
  ).flat();
  writeFileSync(
    join(scratch, 'cube.mtx'),
    `%%MatrixMarket matrix coordinate integer symmetric\n${2 ** d} ${2 ** d} ${edges.length}\n${edges.join('')}`,
  );
  // A flux through the ring that is a whole one: the same levels.
  const complex = bonds.map(([i, j]) => `${i} ${j} 0 ${j === 1 && i === n ? -1 : 1}`).join('\n');
  writeFileSync(
    join(scratch, 'flux.mtx'),
    `%%MatrixMarket matrix coordinate complex hermitian\n${n} ${n} ${n}\n${complex}\n`,
  );
});
afterAll(() => rmSync(scratch, { recursive: true }));

const levels = ringLevels(3000);

async function json(...args: string[]) {
  const { status, stdout, stderr } = await emft(['eigsh', ...args, '--json']);
  expect({ status, stderr: stderr.replace(/^eigenvectors: .*\n/, '') }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as {
    values: number[];
    residuals: number[];
    cut: boolean;
    report: { method: string; count: unknown };
  };
}

/** To 1e-14 of the norm. */
function near(values: number[], exact: number[], norm = 2) {
  expect(values.length).toBe(exact.length);
  for (const [i, x] of exact.entries()) expect(Math.abs(values[i] - x)).toBeLessThanOrEqual(1e-14 * norm);
}

test('counts on request', async () => {
  const { status, stdout } = await emft(['eigsh', 'ring.mtx', '--near', '0.3', '--k', '4', '--count']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/count: 4 found, 4 by inertia, from 0\.\d+ to 0\.\d+/);
  const { report } = await json('ring.mtx', '--k', '3', '--count');
  expect(report.count).toMatchObject({ by: 'inertia', found: 3, counted: 3, error: 0 });
});

test('lowest, highest, near an energy, in an interval; real and complex', async () => {
  for (const file of ['ring.mtx', 'flux.mtx']) {
    const inside = levels.filter((x) => x >= 0.499 && x <= 0.51);
    const found = await json(file, '--interval', '0.499,0.51');
    near(found.values, inside);
    expect(found.report.method).toBe('filtered');
    expect(Math.max(...found.residuals)).toBeLessThan(1e-11);
  }
  near((await json('cube.mtx', '--k', '3')).values, [-10, -8, -8], 10);
  near((await json('cube.mtx', '--which', 'highest', '--k', '2')).values, [8, 10], 10);
  const distances = levels.map((x) => Math.abs(x - 0.3)).sort((a, b) => a - b);
  const { values, cut } = await json('ring.mtx', '--near', '0.3', '--k', '4');
  near(
    values.map((x) => Math.abs(x - 0.3)).sort((a, b) => a - b),
    distances.slice(0, 4),
  );
  expect(cut).toBe(false);
});

test('a table, the file of the vectors, which is not replaced unasked', async () => {
  const args = ['eigsh', 'cube.mtx', '--k', '2', '--tolerance', '1e-9', '--vectors', 'z.npy'];
  const { status, stdout, stderr } = await emft(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'eigenvectors: z.npy\n' });
  expect(stdout).toContain('eigenvalue');
  expect(stdout).toContain('cut');
  const bytes = readFileSync(join(scratch, 'z.npy'));
  expect(bytes.toString('latin1', 10, 128)).toContain("'shape': (1024, 2)");
  refused(await emft(args), /z\.npy/);
  expect((await emft([...args, '--force'])).status).toBe(0);
});

test('a count where there is nothing to count', async () => {
  writeFileSync(join(scratch, 'none.mtx'), '%%MatrixMarket matrix coordinate real symmetric\n0 0 0\n');
  const { status, stdout } = await emft(['eigsh', 'none.mtx', '--count']);
  expect(status).toBe(0);
  expect(stdout).toContain('count: none: there are no eigenvalues\n');
});

test('an interval without a level', async () => {
  const { values, cut } = await json('ring.mtx', '--interval', '3,4');
  expect({ values, cut }).toEqual({ values: [], cut: false });
});

test.each([
  [['ring.mtx', '--k', '0'], /--k/],
  [['ring.mtx', '--k', '3001'], /--k/],
  [['ring.mtx', '--k', '2', '--interval', '0,1'], /--interval/],
  [['ring.mtx', '--interval', '1,0'], /--interval/],
  [['ring.mtx', '--near', 'x'], /--near/],
  [['ring.mtx', '--near', '0', '--which', 'lowest'], /--near/],
  [['ring.mtx', '--tolerance', '1'], /--tolerance/],
  [['absent.mtx'], /absent\.mtx/],
])('%j is refused', async (args, message) => {
  refused(await emft(['eigsh', ...args]), message);
});
