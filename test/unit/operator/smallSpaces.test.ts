// States in time of operators whose parts hang together by next to nothing, and of small orders, where the space is the whole one.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();

const matrix = (rows: readonly (readonly number[])[]) => {
  const entries = rows.map((row) => row.map((x, j) => [j, x]).filter(([, x]) => x !== 0));
  const indptr = [0];
  for (const row of entries) indptr.push(indptr[indptr.length - 1] + row.length);
  const [indices, data] = [0, 1].map((k) => entries.flat().map((entry) => entry[k]));
  return core.csr({ n: rows.length, indptr, indices, data });
};
const diagonal = (...levels: number[]) =>
  matrix(levels.map((e, i) => levels.map((_, j) => (i === j ? e : 0))));
const norm = (x: ArrayLike<number>) => Math.sqrt(Array.from(x).reduce((s, a) => s + a * a, 0));
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => norm(Array.from(a, (x, i) => x - b[i]));

describe('a link of 5e-14 between two levels', () => {
  const beta = 5e-14;
  const levels = [
    [1, beta, 0],
    [beta, 1, 0],
    [0, 0, -1],
  ];

  test('moves what it moves at late times, of an order whose space is the whole one', () => {
    for (const t of [1e6, 1e9, 1e11]) {
      const { states, errors } = core.evolve(matrix(levels), [1, 0, 0], [t]);
      // e^{−it} (cos βt, −i sin βt, 0).
      const [c, s] = [Math.cos(beta * t), Math.sin(beta * t)];
      const wanted = [Math.cos(t) * c, -Math.sin(t) * c, -Math.sin(t) * s, -Math.cos(t) * s, 0, 0];
      expect(distance(states, wanted)).toBeLessThan(errors[0]);
      // The two levels are 1 ± β to an ulp each.
      expect(Math.abs(Math.hypot(states[2], states[3]) - s)).toBeLessThan((4 * Number.EPSILON * s) / beta);
      expect(errors[0]).toBeLessThan(1e-15 * t);
    }
  });

  test('is within the error where the space is not the whole one', () => {
    const n = 40;
    for (const link of [1e-15, 5e-14]) {
      const rows = Array.from({ length: n }, (_, i) => {
        const row = new Array<number>(n).fill(0);
        row[i] = i < 2 ? 1 : i / n - 0.5;
        if (i < 2) row[1 - i] = link;
        return row;
      });
      const psi = new Float64Array(n);
      psi[0] = 1;
      const t = 1e4;
      const { states, errors } = core.evolve(matrix(rows), psi, [t], { method: 'krylov' });
      const wanted = new Float64Array(2 * n);
      wanted.set([Math.cos(t), -Math.sin(t), -Math.sin(t) * link * t, -Math.cos(t) * link * t]);
      expect(distance(states, wanted)).toBeLessThan(errors[0]);
      expect(errors[0]).toBeLessThan(2e-11);
    }
  });

  test('a space without any link is left for what H has elsewhere', () => {
    const { states, errors } = core.evolve(diagonal(0, 0, 0, 5), [0, 3, 0, 4], [1e3]);
    expect(distance(states, [0, 0, 3, 0, 0, 0, 4 * Math.cos(5e3), -4 * Math.sin(5e3)])).toBeLessThan(
      5 * errors[0],
    );
    expect(errors[0]).toBeLessThan(1e-11);
  });
});

describe('imaginary time finds the lowest level in a share of it that is small', () => {
  test('5e-14, at t = 100 and 1000', () => {
    const h = diagonal(-1, 1);
    const psi = [5e-14, 1];
    for (const t of [100, 1000]) {
      const { states, logNorms, errors } = core.evolve(h, psi, [t], { imaginary: true });
      expect(distance(states, [1, 0])).toBeLessThan(errors[0]);
      expect(Math.abs(logNorms[0] - (t + Math.log(5e-14)))).toBeLessThan(2 * errors[0]);
      expect(errors[0]).toBeLessThan(0.02);
      const [back] = core.evolve(h, psi, [-t], { imaginary: true }).states;
      expect(Math.abs(back)).toBeLessThan(1e-15);
    }
  });

  test('and says that nothing is known where rounding decides', () => {
    for (const share of [0, 1e-20]) {
      const { states, errors, logNorms } = core.evolve(diagonal(-1, 1), [share, 1], [1, 1000], {
        imaginary: true,
      });
      expect(errors[0]).toBeLessThan(1e-14);
      expect(errors[1]).toBe(2);
      expect([...states, ...logNorms].every(Number.isFinite)).toBe(true);
    }
  });

  test('within the error in a space that is not the whole one', () => {
    const n = 40;
    const h = diagonal(...Array.from({ length: n }, (_, i) => i / 4));
    const psi = new Float64Array(n);
    psi.set([1e-10, 0, 0, 1]);
    const t = [1, 10, 100];
    const { states, errors } = core.evolve(h, psi, t, { imaginary: true, method: 'krylov' });
    t.forEach((time, j) => {
      const wanted = psi.map((x, i) => x * Math.exp((-time * i) / 4));
      const length = norm(wanted);
      const far = distance(
        states.subarray(n * j, n * (j + 1)),
        wanted.map((x) => (x / length) * norm(psi)),
      );
      expect(far).toBeLessThan(errors[j]);
      expect(errors[j]).toBeLessThan(1e-2);
    });
  });
});

test('errors at late times of small orders are those of phases, not of one product', () => {
  const sites = 4;
  const terms = ['xx', 'yy', 'zz'].flatMap((op) => [0, 1, 2].map((i) => ({ op, sites: [i, i + 1] })));
  const h = core.spins({ sites, terms });
  const psi = core.normals({ seed: 1 }, h.n);
  for (const t of [1e3, 1e6, 1e9]) {
    const [found, exact] = [core.evolve(h, psi, [t]), core.evolveExact(h, psi, [t])];
    const far = distance(found.states, exact.states) / norm(psi);
    expect(far).toBeLessThan(found.errors[0]);
    expect(found.errors[0]).toBeLessThan(2e-15 * t);
  }
});
