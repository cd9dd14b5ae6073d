// Small inputs that once gave a wrong number with `converged: true`, or none: test/fixtures/cases.json says what is right.
import { readFileSync } from 'node:fs';
import { type Core, createCore, type Eigh, type GrainModel } from 'emft';
import { type Method, methodNames } from 'emft/check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ratios } from '../../support/lapack/ratios.js';

interface Case {
  name: string;
  a?: number[][];
  formula?: string;
  n?: number;
  points?: number[];
  tridiagonal?: { d: number[]; e: number[] };
  ed?: GrainModel;
  method?: 'jacobi';
  values?: number[] | null;
  relative?: number;
}

const cases = JSON.parse(
  readFileSync(new URL('../../fixtures/cases.json', import.meta.url), 'utf8'),
) as Case[];
const QUANTUM = 2 ** -1074;

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const tested = new Set<string>();

function found(name: string): Case {
  const wanted = cases.find((candidate) => candidate.name === name);
  if (!wanted) throw new Error(`no case of the name ${name}`);
  tested.add(name);
  return wanted;
}

function matrix({ a, n, points, tridiagonal }: Case): { n: number; a: Float64Array } {
  const order = a?.length ?? n ?? points?.length ?? tridiagonal!.d.length;
  const entry = (i: number, j: number) => {
    if (a) return a[i][j];
    if (points) return Math.exp(-((points[i] - points[j]) ** 2) / 2);
    if (!tridiagonal) return 0.2 ** (i + j);
    if (i === j) return tridiagonal.d[i];
    return Math.abs(i - j) === 1 ? tridiagonal.e[Math.min(i, j)] : 0;
  };
  const flat = Float64Array.from({ length: order ** 2 }, (_, k) => entry(Math.floor(k / order), k % order));
  return { n: order, a: flat };
}

/** The case by one method, with vectors and without: `check` sees the values of both; the vectors pass LAPACK's tests. */
function decompose(wanted: Case, method: Method, check: (values: Float64Array) => void, limit = 10): Eigh {
  const { n, a } = matrix(wanted);
  const full = core.eigh(a, n, { method });
  const bare = core.eigh(a, n, { method, vectors: false });
  for (const { values, convergence } of [full, bare]) {
    expect(convergence.converged).toBe(true);
    check(values);
  }
  const { residual, orthogonality } = ratios(a, n, full.values, full.vectors);
  expect(residual).toBeLessThan(limit);
  expect(orthogonality).toBeLessThan(limit);
  return full;
}

/** Every value within `relative` of what the case says. */
function expectValues(values: Float64Array, wanted: readonly number[], relative: number): void {
  expect(values.length).toBe(wanted.length);
  for (const [k, x] of wanted.entries()) {
    expect(Math.abs(values[k] - x), `value ${k} is ${values[k]}`).toBeLessThanOrEqual(relative * Math.abs(x));
  }
}

describe('a column of subnormal numbers gave a reflector that was not orthogonal', () => {
  test.each(methodNames)(
    'couplings of 5e-324 between 1, 2 and 3: 2.64 and 5.11 in place of 2 and 3, %s',
    (method) => {
      const wanted = found('subnormal couplings, order 3');
      decompose(wanted, method, (values) => expectValues(values, wanted.values!, wanted.relative!));
    },
  );

  test.each(methodNames)('beside a block of ordinary ones: 1.4998 in place of 1.5, %s', (method) => {
    const wanted = found('subnormal couplings, order 3, full block');
    decompose(wanted, method, (values) => expectValues(values, wanted.values!, wanted.relative!));
  });

  test.each(methodNames)('0.2^(i+j) of order 220, whose far columns are subnormal, %s', (method) => {
    const wanted = found('geometric, a_ij = 0.2^(i+j), order 220');
    decompose(wanted, method, (values) => {
      expectValues(values.subarray(219), [1.0416666666666667], 1e-15);
      expect(Math.max(...values.subarray(0, 219).map(Math.abs))).toBeLessThan(1e-15);
    });
  });

  test.each(methodNames)(
    'a Gaussian kernel with one far outlier: jacobi was wrong by 1e-12, others not orthogonal, %s',
    (method) => {
      const wanted = found('Gaussian kernel with an outlier');
      const { vectors } = decompose(wanted, method, (values) => {
        // The block of the four others, from 60 digits.
        const block = [8.049039198220387e-8, 1.583838313432952e-4, 0.05053658129200408];
        const all = [...block, 1, 3.949304954386261];
        for (const [k, x] of all.entries())
          expect(Math.abs(values[k] - x)).toBeLessThanOrEqual(x === 1 ? 1e-15 : 4e-15);
      });
      for (let k = 0; k < 5; ++k) {
        for (let l = 0; l <= k; ++l) {
          let dot = 0;
          for (let i = 0; i < 5; ++i) dot += vectors[5 * k + i] * vectors[5 * l + i];
          expect(Math.abs(dot - Number(k === l))).toBeLessThan(1e-14);
        }
      }
    },
  );
});

describe('jacobi', () => {
  test('never stopped on [[10, 7], [7, 8]]: rotations went on in the noise of the dot product', () => {
    const wanted = found('jacobi, positive definite 2x2');
    decompose(wanted, 'jacobi', (values) => expectValues(values, wanted.values!, wanted.relative!));
  });

  test('never stopped on a positive definite matrix of order 3', () => {
    const wanted = found('jacobi, positive definite 3x3');
    const { n, a } = matrix(wanted);
    const qr = core.eigh(a, n, { method: 'qr' }).values;
    decompose(wanted, 'jacobi', (values) => expectValues(values, Array.from(qr), 4 * 2 ** -52));
  });

  test('on 1e-90 beside a subnormal block: a residual 5e9 times what it may be', () => {
    const wanted = found('jacobi, subnormal block');
    const [, [, p, q], [, , r]] = wanted.a!;
    // In quanta of 5e-324 these are whole numbers, and their eigenvalues ordinary ones.
    const [mean, half] = [(p + r) / QUANTUM / 2, (r - p) / QUANTUM / 2];
    const radius = Math.hypot(half, q / QUANTUM);
    decompose(
      wanted,
      'jacobi',
      (values) => {
        expect(Math.abs(values[0] / QUANTUM - (mean - radius))).toBeLessThanOrEqual(0.5 + 1e-9);
        expect(Math.abs(values[1] / QUANTUM - (mean + radius))).toBeLessThanOrEqual(0.5 + 1e-9);
        expectValues(values.subarray(2), [1e-90], 4e-16);
      },
      30,
    );
  });
});

test.each(methodNames)(
  'QL never ended on a chain of norm 1e20 whose other squares underflow, %s',
  (method) => {
    const wanted = found('zero-diagonal chain of large norm');
    decompose(wanted, method, (values) => {
      expectValues(Float64Array.of(values[0], values[3]), [-1e20, 1e20], 4e-16);
      expect(Math.abs(values[1])).toBeLessThanOrEqual(1e-150);
      expect(Math.abs(values[2])).toBeLessThanOrEqual(1e-150);
    });
  },
);

describe('exact diagonalization', () => {
  test.each(['dense', 'filtered'] as const)(
    'of H = 1 found its energy outside the spectrum, %s',
    (method) => {
      const { ed } = found('H = c·1, filtered');
      for (const count of [1, 3, 16]) {
        const states = core.diagonalizeGrain({ ...ed!, method, window: { energy: 1, count }, vectors: true });
        expect(states.eigenvalues.length).toBe(count);
        for (const e of states.eigenvalues) expect(Math.abs(e - 1)).toBeLessThan(1e-15);
        const d = states.vectors!.length / count;
        for (let k = 0; k < count; ++k) {
          for (let l = 0; l <= k; ++l) {
            let dot = 0;
            for (let i = 0; i < d; ++i) dot += states.vectors![k * d + i] * states.vectors![l * d + i];
            expect(Math.abs(dot - Number(k === l))).toBeLessThan(1e-14);
          }
        }
      }
    },
  );

  test('of l-bits with subnormal couplings gave entropies of 0.56', () => {
    const { ed } = found('l-bits with subnormal couplings');
    const fields = Array.from(ed!.fields);
    const sums = [1, -1]
      .flatMap((grain) => fields.reduce((all, h) => all.flatMap((e) => [e + h, e - h]), [grain]))
      .sort((x, y) => x - y);
    const states = core.diagonalizeGrain({ ...ed!, method: 'dense' });
    for (const [k, e] of sums.entries()) expect(Math.abs(states.eigenvalues[k] - e)).toBeLessThan(1e-14);
    for (const s of states.entropies) expect(Math.max(...s)).toBeLessThan(1e-20);
    const one = core.diagonalizeGrain({ ...ed!, method: 'filtered', window: { energy: -3.1, count: 1 } });
    expect(Math.abs(one.eigenvalues[0] + 3.1)).toBeLessThan(1e-14);
    for (const s of one.entropies) expect(Math.max(...s)).toBeLessThan(1e-20);
  });
});

test('every case has a test', () => {
  expect([...tested].sort()).toEqual(cases.map(({ name }) => name).sort());
});
