// emft eigh on every kind of file: complex and tridiagonal ones, parts of the spectrum, standard input.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Core, createCore } from 'emft';
import { methodNames } from 'emft/check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeNpy } from '../../../cli/src/common/matrix/npy.js';
import { definiteMatrix, realOf } from '../../support/lapack/generalized.js';
import { hermitianMatrix } from '../../support/lapack/hermitian.js';
import { ended } from '../../support/outputs.js';
import { residentCommand } from '../../support/runs/resident.js';

const main = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

let scratch: string;
let core: Core;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-eigh-'));
  core = await createCore();
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
  core.dispose();
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(scratch, name);
  await writeFile(path, content);
  return path;
}

/** A Hermitian matrix whose numbers are row by row, in a .npy. */
function saved(name: string, a: Float64Array, n: number, complex: boolean): Promise<string> {
  // The file is column by column: its conjugate, whose imaginary parts have the other sign.
  const columns = complex ? a.map((x, k) => (k % 2 === 0 ? x : 0 - x)) : a;
  return file(`${name}.npy`, encodeNpy(columns, n, n, complex));
}

const resident = residentCommand();
/** A call with input has a process of its own, which has a standard input. */
async function eigh(args: string[], input?: string | Uint8Array) {
  if (input === undefined) {
    const { signal: _, ...end } = await resident(['eigh', ...args], scratch);
    return end;
  }
  const child = spawn(process.execPath, [main, 'eigh', ...args], { cwd: scratch });
  child.stdin.end(input);
  const { signal: _, ...end } = await ended(child);
  return end;
}

async function json(...args: string[]) {
  const { status, stdout, stderr } = await eigh([...args, '--json']);
  expect({ status, stderr: stderr.replace(/^eigenvectors: .*\n/, '') }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** The numbers of a .npy of pairs in Fortran order, which is what eigh writes. */
async function complexColumns(path: string): Promise<Float64Array> {
  const bytes = await readFile(path);
  const start = 10 + bytes.readUInt16LE(8);
  expect(bytes.toString('latin1', 10, start)).toContain("'descr': '<c16', 'fortran_order': True");
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length));
}

describe('complex matrices', () => {
  const n = 20;
  let a: Float64Array;
  let path: string;
  beforeAll(async () => {
    a = hermitianMatrix(core, 13, n);
    path = await saved('complex', a, n, true);
  });

  test.each(['auto', ...methodNames] as const)(
    'by %s: values and vectors of the library, ratios',
    async (method) => {
      const out = join(scratch, `z-${method}.npy`);
      const expected = core.eighComplex(a, n, { method });
      const result = await json(path, '--method', method, '--vectors', out);
      expect(result.values).toEqual(Array.from(expected.values));
      expect(result.residual).toBeLessThan(10);
      expect(result.orthogonality).toBeLessThan(10);
      expect(result.residual + result.orthogonality).toBeGreaterThan(0);
      expect(await complexColumns(out)).toEqual(expected.vectors);
    },
  );

  test('in Matrix Market, on standard input', async () => {
    const text = '%%MatrixMarket matrix coordinate complex hermitian\n2 2 3\n1 1 1 0\n2 1 0 1\n2 2 1 0\n';
    const { stdout, status } = await eigh(['-'], text);
    expect(status).toBe(0);
    const [, first, second] = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
    expect(Math.abs(first[1])).toBeLessThan(1e-15);
    expect(Math.abs(second[1] - 2)).toBeLessThan(1e-15);
  });

  test('a result that is wrong is told', async () => {
    const big = await file(
      'big.mtx',
      '%%MatrixMarket matrix array complex hermitian\n2 2\n1.7e308 0\n1.7e308 0\n1.7e308 0\n',
    );
    const { stderr, status } = await eigh([big]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^emft: eigh: an eigenvalue is not finite/);
  });
});

describe('tridiagonal matrices', () => {
  const text = '2 -1\n2 -1\n2 -1\n2\n';
  const exact = [1, 2, 3, 4].map((k) => 2 - 2 * Math.cos((Math.PI * k) / 5));

  test('from text, .npy and standard input', async () => {
    const columns = Float64Array.of(2, 2, 2, 2, -1, -1, -1, Number.NaN);
    for (const path of [
      await file('t.txt', text),
      await file('t.csv', `d,e\n${text.replaceAll(' ', ',')}`),
      await file('t.npy', encodeNpy(columns, 4, 2)),
    ]) {
      for (const method of ['auto', ...methodNames]) {
        const { values, residual, orthogonality } = await json(path, '--method', method);
        values.forEach((x: number, k: number) => void expect(x).toBeCloseTo(exact[k], 14));
        expect(residual).toBeLessThan(5);
        expect(orthogonality).toBeLessThan(5);
      }
    }
    for (const input of [
      text,
      `diagonal beside\n${text}`,
      `# a chain\n\nd,e\n${text.replaceAll(' ', ',')}`,
    ]) {
      const { stdout } = await eigh(['-', '--json'], input);
      expect(JSON.parse(stdout).values[3]).toBeCloseTo(exact[3], 14);
    }
    // Words above words are no names of columns.
    const { status, stderr } = await eigh(['-'], 'two words\nand others\n1 2\n');
    expect([status, stderr]).toEqual([2, expect.stringMatching(/begins with 'two words/)]);
  });

  test('two rows of two numbers that could be a matrix were read as columns, without a word', async () => {
    const message = /^emft: .*two\.txt: two rows of two numbers could be a symmetric matrix or/m;
    for (const text of ['2 1\n1 0\n', '2 1\n1 0.0', '# a comment\n-2e0 0.5\n.5 0\n', 'x,y\n0,1\n1,0\n']) {
      const { status, stderr } = await eigh([await file('two.txt', text)]);
      expect(status).toBe(2);
      expect(stderr).toMatch(message);
    }
    const exact = [(3 - Math.sqrt(5)) / 2, (3 + Math.sqrt(5)) / 2];
    for (const text of ['2 1\n1\n', '2 1\n1 nan\n', '2,1\n1,\n', 'd e\n2 1\n1\n', '2 -1\n1 0\n']) {
      const { values } = await json(await file('columns.txt', text));
      values.forEach((x: number, k: number) => void expect(x).toBeCloseTo(exact[k], 14));
    }
    // Both are the same matrix.
    expect((await json(await file('columns.txt', '1 0\n2 0\n'))).values).toEqual([1, 2]);
    const corner = await eigh([await file('corner.txt', '1 2\n3 4\n')]);
    expect(corner.stderr).toMatch(/corner\.txt: is not symmetric: element \(1, 0\)/);
  });

  test('an n × 2 array of n = 2 is a matrix', async () => {
    const path = await file('two.npy', encodeNpy(Float64Array.of(0, 1, 1, 0), 2, 2));
    const { values } = await json(path);
    expect(values[0]).toBeCloseTo(-1, 15);
    expect(values[1]).toBeCloseTo(1, 15);
  });
});

describe('with a second matrix', () => {
  const real = (n: number, entries: string) =>
    `%%MatrixMarket matrix array real general\n${n} ${n}\n${entries}\n`;

  test('real, complex and mixed ones', async () => {
    // Two masses of 2 and 1 on springs.
    const k = await file('k.mtx', real(2, '3\n-1\n-1\n1'));
    const m = await file('m.mtx', real(2, '2\n0\n0\n1'));
    const i = '%%MatrixMarket matrix array complex hermitian\n2 2\n3 0\n0 1\n1 0\n';
    for (const stiffness of [k, await file('kc.mtx', i)]) {
      const { values, residual, orthogonality } = await json(stiffness, '--b', m);
      expect(values[0]).toBeCloseTo(0.5, 14);
      expect(values[1]).toBeCloseTo(2, 14);
      expect(residual).toBeLessThan(5);
      expect(orthogonality).toBeLessThan(5);
      expect((await json(stiffness, '--b', m, '--index', '1,1')).values).toEqual([values[1]]);
    }
  });

  test.each([1, 2, 3] as const)('itype %i, of B of condition 1e10 too, real and complex', async (itype) => {
    const n = 20;
    for (const complex of [false, true]) {
      for (const condition of [10, 1e10]) {
        const a = complex ? hermitianMatrix(core, 13, n) : core.goe(n, { seed: 3 });
        const pairs = definiteMatrix(core, n, condition, complex);
        const b = complex ? pairs : realOf(pairs);
        const [first, second] = await Promise.all([saved('ka', a, n, complex), saved('kb', b, n, complex)]);
        const out = join(scratch, `z-${itype}-${complex}-${condition}.npy`);
        const result = await json(first, '--b', second, '--itype', String(itype), '--vectors', out);
        const options = { b, itype };
        const expected = complex ? core.eighComplex(a, n, options) : core.eigh(a, n, options);
        expect(result.values).toEqual(Array.from(expected.values));
        expect(result.backward).toBeLessThan(10);
        if (itype > 1) expect(result.residual).toBeLessThan(10);
        expect(result.residual + result.orthogonality).toBeGreaterThan(0);
        expect(result.orthogonality).toBeLessThan(10);
        const part = await json(first, '--b', second, '--itype', String(itype), '--index', '2,4');
        expect(part.values).toEqual(result.values.slice(2, 5));
        expect(part.backward).toBeLessThan(10);
        expect(part.orthogonality).toBeLessThan(10);
      }
    }
  });

  test('what is not definite, not of the size, no problem', async () => {
    const k = await file('k.mtx', real(2, '3\n-1\n-1\n1'));
    for (const [args, message] of [
      [['--itype', '2'], /^emft: --itype: only with --b$/m],
      [['--b', k, '--itype', '0'], /^emft: --itype: expected a whole number ≥ 1 and ≤ 3, got 0$/m],
      [['--b', k, '--itype', 'x'], /^emft: --itype: expected .* got "x"$/m],
    ] as const) {
      const { status, stderr } = await eigh([k, ...args]);
      expect({ status, message: stderr }).toEqual({ status: 2, message: expect.stringMatching(message) });
    }
  });

  test('from standard input, either of them', async () => {
    const n = 6;
    const a = hermitianMatrix(core, 13, n);
    const b = definiteMatrix(core, n, 10, true);
    const paths = [await saved('sa', a, n, true), await saved('sb', b, n, true)];
    const { values } = core.eighComplex(a, n, { b });
    for (const [args, from] of [
      [['-', '--b', paths[1]], 0],
      [[paths[0], '--b', '-'], 1],
    ] as const) {
      const { stdout, status } = await eigh([...args, '--json'], await readFile(paths[from]));
      expect(status).toBe(0);
      expect(JSON.parse(stdout).values).toEqual(Array.from(values));
    }
  });

  test('what it may not be is said', async () => {
    const k = await file('k.mtx', real(2, '3\n-1\n-1\n1'));
    for (const [content, message] of [
      [real(2, '1\n2\n2\n1'), /^emft: --b: expected a positive definite matrix, but pivot \(1, 1\)/m],
      [real(1, '1'), /b.mtx: is 1 × 1, expected 2 × 2/],
      ['1 2\n3\n', /b.mtx: is not a Matrix Market file|b.mtx: is tridiagonal/],
      [real(2, '1\n2\n0\n1'), /b.mtx: is not symmetric/],
    ] as const) {
      const { status, stderr } = await eigh([k, '--b', await file('b.mtx', content)]);
      expect(status).toBe(2);
      expect(stderr).toMatch(message);
    }
    expect((await eigh([k, '--b', 'absent.npy'])).stderr).toMatch(/^emft: absent.npy: does not exist/m);
    expect((await eigh(['-', '--b', '-'])).stderr).toMatch(/^emft: --b: standard input is the first matrix/m);
  });
});

describe('a part of the spectrum', () => {
  const text = '1 0\n2 0\n3 0\n4\n';
  let path: string;
  beforeAll(async () => {
    path = await file('part.txt', text);
  });

  test('by place', async () => {
    expect((await json(path, '--index', '1,2')).values).toEqual([2, 3]);
    const { stdout } = await eigh([path, '--index', '2,3']);
    expect(stdout).toMatch(/^k {2}eigenvalue\n2\s+3\n3\s+4\n/);
    const out = join(scratch, 'part.npy');
    await json(path, '--index', '1,1', '--vectors', out);
    expect((await readFile(out)).toString('latin1')).toContain("'shape': (4, 1)");
  });

  test('by value', async () => {
    expect((await json(path, '--interval', '1,3')).values).toEqual([2, 3]);
    expect((await json(path, '--interval=-inf,2')).values).toEqual([1, 2]);
    expect((await json(path, '--interval', '3.5,inf')).values).toEqual([4]);
    expect(await json(path, '--interval', '7,8')).toEqual({ values: [], residual: 0, orthogonality: 0 });
  });

  test.each<[string[], RegExp]>([
    [['--index', '1'], /^emft: --index: expected two whole numbers, as 0,9, got "1"$/m],
    [['--index', '1,2,3'], /^emft: --index: expected two whole numbers/m],
    [['--index', '2,1'], /^emft: --index: expected whole numbers 0 ≤ first ≤ last < n = 4, got \[2, 1\]$/m],
    [['--index', '0,4'], /^emft: --index: expected whole numbers/m],
    [['--index', '0.5,1'], /^emft: --index: expected whole numbers/m],
    [['--interval', 'a,b'], /^emft: --interval: expected two numbers, as -1.5,2, got "a,b"$/m],
    [['--interval', '2,2'], /^emft: --interval: expected lo < hi, got \[2, 2\]$/m],
    [['--index', '0,1', '--interval', '0,1'], /^emft: --interval: not together with --index$/m],
    [['--index', '0,1', '--method', 'jacobi'], /^emft: --method: a range is computed by/m],
  ])('%s is refused', async (args, message) => {
    const { status, stderr, stdout } = await eigh([path, ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
