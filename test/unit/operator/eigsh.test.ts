// Eigenpairs at the ends of spectra: every copy of a level, whatever its multiplicity; accuracy, cuts, caps, interruption.
import { createCore, type Eigsh, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';
import {
  grid,
  gridLevels,
  hypercube,
  hypercubeLevels,
  matrix,
  multiple,
  type Row,
  ring,
  ringLevels,
} from '../../support/graphs.js';

const core = await createCore();

function orthogonality({ vectors, values }: Eigsh, n: number): number {
  let most = 0;
  for (let i = 0; i < values.length; ++i) {
    for (let j = 0; j <= i; ++j) {
      let sum = 0;
      for (let q = 0; q < n; ++q) sum += vectors[i * n + q] * vectors[j * n + q];
      most = Math.max(most, Math.abs(sum - Number(i === j)));
    }
  }
  return most;
}

describe.each<[string, () => Operator, number[], number, boolean]>([
  ['hypercube, all of the second level', () => hypercube(core, 10), hypercubeLevels(10), 11, false],
  ['hypercube, a part of the third level', () => hypercube(core, 10), hypercubeLevels(10), 20, true],
  ['hypercube, a level of 45 copies', () => hypercube(core, 10), hypercubeLevels(10), 56, false],
  ['ring, pairs', () => ring(core, 600), ringLevels(600), 9, false],
  ['ring, half of a pair', () => ring(core, 600), ringLevels(600), 4, true],
  ['grid', () => grid(core, 25), gridLevels(25), 13, false],
  ['identity', () => multiple(core, 600, 1), new Array(600).fill(1), 7, true],
  ['zero', () => multiple(core, 600, 0), new Array(600).fill(0), 7, true],
])('%s', (_, make, levels, k, cut) => {
  test.each(['lanczos', 'dense'] as const)('by %s', (method) => {
    const operator = make();
    const norm = Math.max(...levels.map(Math.abs));
    for (const which of ['lowest', 'highest'] as const) {
      const found = core.eigsh(operator, { k, which, method });
      const exact = which === 'lowest' ? levels.slice(0, k) : levels.slice(-k);
      expect(found.converged).toBe(true);
      if (which === 'lowest') expect(found.cut).toBe(cut);
      const error = Math.max(...exact.map((level, i) => Math.abs(level - found.values[i])));
      expect(error).toBeLessThan(5e-14 * norm + Number.MIN_VALUE);
      expect(orthogonality(found, operator.n)).toBeLessThan(1e-13);
    }
  });
});

/** The operator whose eigenvalues are those numbers. */
const diagonal = (levels: ArrayLike<number>) =>
  core.operator({
    n: levels.length,
    multiply: (x, y) => {
      for (let i = 0; i < x.length; ++i) y[i] = levels[i] * x[i];
    },
  });

test('a fifth copy below a narrow band was missed: a small residual in the band was taken for the end of the search', () => {
  const levels = Float64Array.from({ length: 2000 }, (_, i) => {
    if (i < 5) return 0;
    if (i < 6) return 0.5;
    return i < 36 ? 50 + i : 1 + i * 1e-6;
  });
  const found = core.eigsh(diagonal(levels), { k: 5 });
  expect(found.converged).toBe(true);
  expect(Math.max(...found.values.map(Math.abs))).toBeLessThan(1e-10);
});

test('operators of size 1e-200, whose squares vanish, and of 1e200 were wrong or never done', () => {
  const levels = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i));
  const exact = [...levels].sort((a, b) => a - b).slice(0, 2);
  for (const scale of [1e-300, 1e-200, 1e200]) {
    const { values, converged } = core.eigsh(diagonal(levels.map((x) => x * scale)), { k: 2 });
    expect(converged).toBe(true);
    expect(Math.max(...exact.map((x, i) => Math.abs(x - values[i] / scale)))).toBeLessThan(1e-12);
  }
});

test('the whole matrix of a momentum sector is Hermitian to the bit: its diagonal had imaginary parts of 1e-16', () => {
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: 6 }, (_, i) => ({ op, sites: [i, (i + 1) % 6] })),
  );
  const symmetries = [{ permutation: [1, 2, 3, 4, 5, 0], character: [0.5, Math.sqrt(3) / 2] as const }];
  const sector = core.spins({ sites: 6, terms, sector: { up: 1, symmetries } });
  const matrix = sector.toDense();
  expect(core.eighComplex(matrix, sector.n).convergence.converged).toBe(true);
  expect(core.operator({ n: sector.n, matrix, complex: true }).toDense()).toEqual(matrix);
});

test('at its cap it says that it has not converged', () => {
  const found = core.eigsh(ring(core, 600), { k: 3, maxProducts: 40 });
  expect(found.converged).toBe(false);
  expect(found.report.products).toBeLessThan(60);
});

test('levels crowded at an end went on for minutes, and did not converge: the dense solver has them in a moment', () => {
  const levels = Float64Array.from({ length: 600 }, (_, i) => (i / 600) ** 4);
  const indptr = Array.from({ length: 601 }, (_, i) => i);
  const operator = core.csr({ n: 600, indptr, indices: indptr.slice(0, 600), data: levels });
  const found = core.eigsh(operator, { k: 3 });
  expect(found.converged).toBe(true);
  expect(found.report.method).toBe('dense');
  expect(found.cut).toBe(false);
  expect(Math.max(...found.values.map((x, i) => Math.abs(x - levels[i])))).toBeLessThan(1e-13);
  // Those of Lanczos, and one a column.
  expect(found.report.products).toBeGreaterThan(600);
  expect(found.report.products).toBeLessThan(100_000);
  // Who asks for Lanczos gets no other.
  const lanczos = core.eigsh(operator, { k: 3, method: 'lanczos', maxProducts: 2000 });
  expect([lanczos.converged, lanczos.report.method]).toEqual([false, 'lanczos']);
});

test('entries of 1e-150 and 1e150 are as good as others', () => {
  for (const scale of [1e-150, 1e150]) {
    const found = core.eigsh(ring(core, 600).scaled(scale), { k: 5 });
    expect(found.converged).toBe(true);
    const exact = ringLevels(600);
    const error = Math.max(...exact.slice(0, 5).map((x, i) => Math.abs(x - found.values[i] / scale)));
    expect(error).toBeLessThan(1e-13);
  }
});

test('in slices the bits are the same; a signal ends it, and the core goes on', async () => {
  const operator = grid(core, 30);
  const options = { k: 6, method: 'lanczos' } as const;
  const atOnce = core.eigsh(operator, options);
  const sliced = await core.eigshAsync(operator, { ...options, slice: 0 });
  expect(sliced.vectors).toEqual(atOnce.vectors);
  const controller = new AbortController();
  const ended = core.eigshAsync(operator, {
    ...options,
    slice: 0,
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('enough')),
  });
  await expect(ended).rejects.toThrow('enough');
  expect(core.eigsh(operator, options).values).toEqual(atOnce.values);
});

test('complex operators: values of the dense solver, vectors that are eigenvectors', () => {
  const sites = 12;
  const terms = Array.from({ length: sites }, (_, i) => {
    const at = [i, (i + 1) % sites];
    return [
      { op: '+-', sites: at, coefficient: [0.5, 0.3] as const },
      { op: '-+', sites: at, coefficient: [0.5, -0.3] as const },
      { op: 'zz', sites: at, coefficient: 0.4 },
    ];
  }).flat();
  const h = core.spins({ sites, terms, sector: { up: 6 } });
  const dense = core.eighComplex(h.toDense(), h.n, { vectors: false });
  for (const which of ['lowest', 'highest'] as const) {
    const found = core.eigsh(h, { k: 7, which, method: 'lanczos' });
    expect(found.converged).toBe(true);
    const exact = which === 'lowest' ? dense.values.slice(0, 7) : dense.values.slice(-7);
    expect(Math.max(...exact.map((x, i) => Math.abs(x - found.values[i])))).toBeLessThan(1e-12);
    const product = h.multiply(found.vectors, 7);
    const residual = product.map((x, i) =>
      Math.abs(x - found.values[Math.floor(i / (2 * h.n))] * found.vectors[i]),
    );
    expect(Math.max(...residual)).toBeLessThan(1e-11);
  }
});

test('small orders and whole spectra', () => {
  for (const n of [0, 1, 2, 5]) {
    const operator = matrix(
      core,
      Array.from({ length: n }, (_, i): Row => [[i, i + 1]]),
    );
    expect([...core.eigsh(operator, { k: n }).values]).toEqual(Array.from({ length: n }, (_, i) => i + 1));
  }
});
