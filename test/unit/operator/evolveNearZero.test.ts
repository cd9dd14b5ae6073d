// `evolve` refused Hermitian operators where a state had energy 0 up to rounding, and its errors were too small where large parts of H
// cancel and where a state holds none of the largest levels.
import { createCore, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();

const chain = (sites: number) =>
  core.spins({
    sites,
    terms: ['xx', 'yy', 'zz'].flatMap((op) =>
      Array.from({ length: sites - 1 }, (_, i) => ({ op, sites: [i, i + 1], coefficient: 1 + 0.1 * i })),
    ),
  });

/** A real vector times e^{iφ}, in pairs. */
const turned = (x: Float64Array, phi: number) =>
  Float64Array.from({ length: 2 * x.length }, (_, i) => x[i >> 1] * (i % 2 ? Math.sin(phi) : Math.cos(phi)));

/** The distance of states in pairs. */
const apart = (a: Float64Array, b: Float64Array) => Math.hypot(...a.map((x, i) => x - b[i]));

describe('a state of energy 0 was refused as that of an operator that is not Hermitian', () => {
  const plain = chain(4);
  const { values, vectors } = core.eigh(plain.toDense(), plain.n);
  const h = plain.shifted(-values[0]);
  const ground = vectors.subarray(0, plain.n);

  test.each(['auto', 'krylov'] as const)('in real time, by %s', (method) => {
    for (const phi of [0.7, 1.1, 2.5]) {
      const psi = turned(ground, phi);
      const { states, errors } = core.evolve(h, psi, [0, 3, 50], { complex: true, method });
      for (let j = 0; j < 3; ++j) {
        const state = states.subarray(2 * h.n * j, 2 * h.n * (j + 1));
        // The vector itself is known to rounding.
        expect(apart(state, psi)).toBeLessThanOrEqual(errors[j] + 1e-14);
        expect(errors[j]).toBeLessThan(1e-12);
      }
    }
  });

  test('in imaginary time, once a state has cooled', () => {
    const psi = turned(
      Float64Array.from({ length: h.n }, (_, i) => Math.sin(i + 1)),
      0.7,
    );
    const times = Array.from({ length: 30 }, (_, j) => 10 * j);
    const { states } = core.evolve(h, psi, times, { complex: true, imaginary: true });
    const last = states.subarray(2 * h.n * 29);
    const part = (at: number) => ground.reduce((sum, x, i) => sum + x * last[2 * i + at], 0);
    const length = Math.hypot(...last);
    expect(Math.abs(Math.hypot(part(0), part(1)) / length - 1)).toBeLessThan(1e-13);
  });
});

describe('errors were too small where large parts of H cancel', () => {
  const bonds = (coefficient: number) =>
    Array.from({ length: 5 }, (_, i) => ({
      op: 'zz',
      sites: [i, i + 1],
      coefficient: coefficient * (1 + i / 7),
    }));
  const field = Array.from({ length: 6 }, (_, i) => ({ op: 'x', sites: [i], coefficient: 1 + 0.3 * i }));
  const sum = core
    .spins({ sites: 6, terms: bonds(1e6) })
    .plus(core.spins({ sites: 6, terms: [...bonds(-1e6), ...field] }));
  const exact = core.spins({ sites: 6, terms: field });
  const psi = Float64Array.from({ length: exact.n }, (_, i) => Math.sin(i * i + 1));
  const size = Math.hypot(...psi);
  const times = [0.5, 3, 40];
  const wanted = core.evolve(exact, psi, times).states;

  test.each([
    ['real', 'chebyshev', 1e-7],
    ['real', 'krylov', 1e-7],
    ['imaginary', 'krylov', 1e-6],
  ] as const)('in %s time, by %s', (kind, method, most) => {
    const imaginary = kind === 'imaginary';
    const known = imaginary ? core.evolve(exact, psi, times, { imaginary }).states : wanted;
    const { states, errors } = core.evolve(sum, psi, times, { method, imaginary });
    const length = states.length / times.length;
    times.forEach((_, j) => {
      const [a, b] = [states, known].map((all) => all.subarray(length * j, length * (j + 1)));
      expect(apart(a, b) / size).toBeLessThanOrEqual(errors[j]);
      expect(errors[j]).toBeLessThan(most);
    });
  });
});

test('by Krylov in real time, |H| of errors was that of the space of the state alone', () => {
  // A state in a block with levels of about 1e-3 beside one with levels of about 1.
  const [n, half] = [80, 40];
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    const scale = i < half ? 1e-3 : 1;
    matrix[i * (n + 1)] = scale * Math.cos(i);
    if (i % half > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = scale / 2;
  }
  const h: Operator = core.operator({ n, matrix });
  const psi = Float64Array.from({ length: n }, (_, i) => (i < half ? Math.sin(i + 1) : 0));
  const [time] = [1e5];
  const { errors } = core.evolve(h, psi, [time], { method: 'krylov' });
  // 2|H||t| ulp, |H| from 1 to 2.
  expect(errors[0]).toBeGreaterThan(2 * 2 ** -53 * time);
});

test('parts of 1e11 that cancel are Hermitian still', () => {
  const part = (factor: number) =>
    core.spins({
      sites: 6,
      terms: [0, 1, 2, 3, 4].map((i) => ({ op: 'zz', sites: [i, i + 1], coefficient: factor * (1 + i / 7) })),
    });
  const x = core.spins({ sites: 6, terms: [0, 1, 2, 3, 4, 5].map((i) => ({ op: 'x', sites: [i] })) });
  const h = part(1e11).plus(part(-1e11)).plus(x);
  const { errors } = core.evolve(
    h,
    new Float64Array(64).fill(1).map((_, i) => Math.sin(i)),
    [1],
  );
  expect(errors[0]).toBeGreaterThan(1e-6);
  expect(errors[0]).toBeLessThan(1e-2);
});
