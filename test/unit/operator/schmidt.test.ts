// Entanglement of states: against Schmidt decompositions written out, the entropies of l-bits, momentum states in the whole
// space, and what holds for every pure state.
import { createCore, InputError, type SpinOperator } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const ringTerms = (sites: number) =>
  ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
  );
const normals = (count: number, seed: number) => core.normals({ seed }, count);
const norm = (x: Float64Array) => Math.hypot(...x);
const far = (a: Float64Array, b: Float64Array) => a.reduce((m, x, i) => Math.max(m, Math.abs(x - b[i])), 0);

/** −Σ p log p. */
const entropyOf = (p: readonly number[]) => p.reduce((s, x) => (x > 0 ? s - x * Math.log(x) : s), 0);

describe('the entropy', () => {
  test('of Schmidt decompositions is that of their weights, whatever the size of the numbers', () => {
    const weights = fc.array(fc.double({ min: 1e-3, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        weights,
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: -1060, max: 1000 }),
        (p, seed, k) => {
          const [rows, columns] = [4, 6];
          // Orthonormal vectors of both sides.
          const u = core.eigh(core.goe(rows, { seed }), rows).vectors;
          const v = core.eigh(core.goe(columns, { seed, index: 1 }), columns).vectors;
          const sum = p.reduce((a, b) => a + b);
          const state = new Float64Array(rows * columns);
          for (let c = 0; c < columns; ++c) {
            for (let r = 0; r < rows; ++r) {
              state[r + rows * c] = p.reduce(
                (s, x, j) => s + Math.sqrt(x / sum) * u[rows * j + r] * v[columns * j + c],
                0,
              );
            }
          }
          const options = { dimensions: [rows, columns], subsystem: [0] };
          const wanted = entropyOf(p.map((x) => x / sum));
          const [s] = core.entanglementEntropy(state, options);
          expect(Math.abs(s - wanted)).toBeLessThan(2e-13);
          // Subnormal numbers have few digits.
          const [scaled] = core.entanglementEntropy(
            state.map((x) => x * 2 ** k),
            options,
          );
          expect(Math.abs(scaled - wanted)).toBeLessThan(k < -1000 ? 1e-3 : 2e-13);
          const got = core.schmidtWeights(state, options);
          const sorted = p.map((x) => x / sum).sort((a, b) => b - a);
          got.forEach((x, j) => {
            expect(Math.abs(x - (sorted[j] ?? 0))).toBeLessThan(1e-14);
          });
          for (const order of [0, 0.5, 2, 40, Infinity]) {
            const renyi =
              order === 0
                ? Math.log(p.length)
                : order === Infinity
                  ? -Math.log(sorted[0])
                  : Math.log(sorted.reduce((a, x) => a + x ** order, 0)) / (1 - order);
            const [found] = core.entanglementEntropy(state, { ...options, order });
            expect(Math.abs(found - renyi)).toBeLessThan(order === 0.5 ? 1e-6 : 1e-12);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is the same from both sides, and that of a complex state that is real', () => {
    const dimensions = [2, 3, 2, 2, 5];
    const length = 120;
    for (const subsystem of [[], [0], [1, 3], [4, 0], [0, 1, 2, 3, 4]]) {
      const others = [0, 1, 2, 3, 4].filter((p) => !subsystem.includes(p));
      const states = normals(3 * 2 * length, 8);
      const one = core.entanglementEntropy(states, { dimensions, subsystem, complex: true });
      const other = core.entanglementEntropy(states, { dimensions, subsystem: others, complex: true });
      expect(far(one, other)).toBeLessThan(1e-13);
      if (subsystem.length === 0) expect(Math.max(...one)).toBeLessThan(1e-14);
      const real = normals(length, 9);
      const pairs = new Float64Array(2 * length);
      // Times a phase.
      real.forEach((x, i) => {
        pairs.set([0.6 * x, 0.8 * x], 2 * i);
      });
      const [a] = core.entanglementEntropy(real, { dimensions, subsystem });
      const [b] = core.entanglementEntropy(pairs, { dimensions, subsystem, complex: true });
      expect(Math.abs(a - b)).toBeLessThan(1e-13);
    }
  });

  test('of l-bits is that of the grain model', () => {
    const model = core.randomGrainModel({ alpha: 0.7, n: 4, seed: 3 });
    const { entropies, eigenvalues } = core.diagonalizeGrain(model);
    const operator = core.grainOperator(model);
    const { vectors } = core.eigh(operator.toDense(), operator.n);
    const dimensions = [2, 2, 2, 2, operator.n / 16];
    for (let bit = 0; bit < 4; ++bit) {
      const s = core.entanglementEntropy(vectors, { dimensions, subsystem: [bit], complex: false });
      eigenvalues.forEach((_, k) => {
        expect(Math.abs(s[k] - entropies[bit][k])).toBeLessThan(1e-10);
      });
    }
  });
});

describe('vectors of a sector in the whole space', () => {
  const sites = 8;
  const whole = core.spins({ sites, terms: ringTerms(sites) });
  const shift = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
  const reflection = Array.from({ length: sites }, (_, i) => sites - 1 - i);
  const root = Math.SQRT1_2;

  /** |H x − λ x| in the whole space, of every eigenvector of the sector. */
  function residual(sector: SpinOperator): number {
    const decompose = sector.complex ? core.eighComplex : core.eigh;
    const { values, vectors } = decompose(sector.toDense(), sector.n);
    const width = sector.complex ? 2 : 1;
    const length = width * 2 ** sites;
    const all = sector.embed(vectors, sector.n);
    return values.reduce((most, value, k) => {
      const x = all.subarray(length * k, length * (k + 1));
      expect(Math.abs(norm(x) - 1)).toBeLessThan(1e-13);
      const y = whole.multiply(x, 1, sector.complex);
      return Math.max(
        most,
        far(
          y,
          x.map((v) => value * v),
        ),
      );
    }, 0);
  }

  test.each([
    ['up spins', { up: 3 }],
    ['a momentum', { up: 4, symmetries: [{ permutation: shift, character: [root, root] as const }] }],
    ['momentum π', { up: 4, symmetries: [{ permutation: shift, character: -1 }] }],
    [
      'momentum 0, reflection and flip',
      {
        up: 4,
        symmetries: [
          { permutation: shift, character: 1 },
          { permutation: reflection, character: 1 },
          { flip: true, character: -1 },
        ],
      },
    ],
  ])('are eigenvectors there: %s', (_, sector) => {
    expect(residual(core.spins({ sites, terms: ringTerms(sites), sector }))).toBeLessThan(1e-12);
  });

  test('have the entropy of the whole: half of the ring in its ground state', () => {
    const sector = core.spins({
      sites,
      terms: ringTerms(sites),
      sector: { up: 4, symmetries: [{ permutation: shift, character: 1 }] },
    });
    const options = { subsystem: [0, 1, 2, 3] };
    const [a] = core.entanglementEntropy(sector.embed(core.eigsh(sector, { k: 1 }).vectors), options);
    const [b] = core.entanglementEntropy(core.eigsh(whole, { k: 1 }).vectors, options);
    expect(Math.abs(a - b)).toBeLessThan(1e-12);
    expect(a).toBeGreaterThan(0.5);
  });

  test('complex vectors of a real sector keep their phases', () => {
    const sector = core.spins({ sites, terms: ringTerms(sites), sector: { up: 1 } });
    const x = normals(2 * sites, 4);
    const out = sector.embed(x, 1, true);
    sector.states().forEach((state, i) => {
      expect([out[2 * state], out[2 * state + 1]]).toEqual([x[2 * i], x[2 * i + 1]]);
    });
  });
});

test('what is wrong is named', () => {
  for (const [call, message] of [
    [
      () => core.entanglementEntropy([1, 0, 0], { subsystem: [0] }),
      /options.dimensions: .* 3 amplitudes are no power of two/,
    ],
    [
      () => core.entanglementEntropy([1, 0, 0], { subsystem: [0], dimensions: [2] }),
      /states: expected a whole number of states of 2 numbers, got 3 numbers/,
    ],
    [() => core.entanglementEntropy([0, 0], { subsystem: [0], complex: false }), /states: state 0 is zero/],
    [
      () => core.entanglementEntropy([1, 0], { subsystem: [1], complex: false }),
      /options.subsystem\[0\]: expected a whole number/,
    ],
    [
      () => core.entanglementEntropy([1, 0], { subsystem: [0, 0], complex: false }),
      /options.subsystem\[1\]: 0 is there twice/,
    ],
    [
      () => core.entanglementEntropy([1, 0], { subsystem: [0], order: -1 }),
      /options.order: expected a number ≥ 0/,
    ],
    [() => core.spins({ sites: 2, terms: [] }).embed(new Float64Array(3)), /x: expected 4 elements, got 3/],
  ] as const) {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  }
});

test('entropies of orders next to 1 were those of a logarithm that had cancelled', () => {
  const state = [3, 0, 0, 1];
  const p = [0.9, 0.1];
  const mean = entropyOf(p);
  // S of order 1 + d is S − d/2 times the variance of log p, and so on: the next term is some d².
  const variance = p[0] * p[1] * Math.log(9) ** 2;
  const both = (order: number) => [
    core.entanglementEntropy(state, { subsystem: [0], order, complex: false })[0],
    core.participationEntropy(state, { order, complex: false })[0],
  ];
  for (const d of [2 ** -53, 1e-14, 1e-11, 1e-8, 1e-5]) {
    for (const beyond of [-d, 2 * d]) {
      const order = 1 + beyond;
      for (const s of both(order)) {
        expect(Math.abs(s - mean + ((order - 1) * variance) / 2)).toBeLessThan(4e-16 + d * d);
      }
    }
  }
  for (const order of [0.8, 0.874, 0.876, 0.9, 1.1, 1.124, 1.126, 1.2]) {
    const wanted = Math.log(p[0] ** order + p[1] ** order) / (1 - order);
    for (const s of both(order)) expect(Math.abs(s - wanted)).toBeLessThan(4e-15);
  }
  // One weight alone has no entropy, and equal ones that of their number.
  for (const order of [1 - 2 ** -53, 0.99, 1.01]) {
    expect([...core.participationEntropy([0, 5, 0, 0], { order, complex: false })]).toEqual([0]);
    const [even] = core.participationEntropy(new Float64Array(1000).fill(7), { order, complex: false });
    // Sums of a thousand numbers round as often.
    expect(Math.abs(even - Math.log(1000))).toBeLessThan(1000 * 2 ** -52 * Math.log(1000));
  }
});
