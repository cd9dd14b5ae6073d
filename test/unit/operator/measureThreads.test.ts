// What is measured of states, and states in time, to the bit the same on 1, 2 and 4 threads: each length above those from which
// threads share the rows.
import { type Core, createCore } from 'emft';
import { afterAll, describe, expect, test } from 'vitest';

const cores = await Promise.all([1, 2, 4].map((threads) => createCore({ threads })));
afterAll(() => {
  for (const core of cores) core.dispose();
});

const SITES = 13;
const open = Array.from({ length: SITES - 1 }, (_, i) => i);

/** An open chain in fields, real or with currents, whole, with half of the spins up, or a ring of one momentum. */
const chains = {
  whole: {
    sites: 12,
    terms: ['xx', 'yy', 'zz'].flatMap((op) => open.slice(0, 11).map((i) => ({ op, sites: [i, i + 1] }))),
  },
  fields: {
    sites: SITES,
    terms: [
      ...['xx', 'yy', 'zz'].flatMap((op) => open.map((i) => ({ op, sites: [i, i + 1] }))),
      ...open.map((i) => ({ op: 'z', sites: [i], coefficient: Math.sin(3 * i + 1) })),
    ],
    sector: { up: 6 },
  },
  currents: {
    sites: SITES,
    terms: [
      ...['xx', 'yy', 'zz'].flatMap((op) => open.map((i) => ({ op, sites: [i, i + 1] }))),
      ...open.map((i) => ({ op: 'xy', sites: [i, i + 1], coefficient: 0.3 })),
      ...open.map((i) => ({ op: 'yx', sites: [i, i + 1], coefficient: -0.3 })),
    ],
    sector: { up: 6 },
  },
} as const;

/** Columns that are no eigenvectors, of lengths around 1. */
function columns(length: number, count: number): Float64Array {
  const scale = 1 / Math.sqrt(length);
  let state = 12345;
  return Float64Array.from({ length: length * count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state / 2 ** 31 - 1) * scale;
  });
}

/** Everything that is measured must be the same arrays, and not all 0. */
function same(measure: (core: Core) => Record<string, ArrayLike<number>>): void {
  const [first, ...others] = cores.map(measure);
  for (const [name, values] of Object.entries(first)) {
    expect(values.length, name).toBeGreaterThan(0);
    expect(
      Array.from(values).some((x) => x !== 0 && Number.isFinite(x)),
      name,
    ).toBe(true);
    const bits = Buffer.from(Float64Array.from(values).buffer);
    for (const other of others) {
      const theirs = Buffer.from(Float64Array.from(other[name]).buffer);
      expect(bits.equals(theirs), name).toBe(true);
    }
  }
}

test('the cores have the threads that were asked for', () => {
  expect(cores.map(({ threads }) => threads)).toEqual([1, 2, 4]);
});

describe.each(Object.entries(chains))('%s', (name, options) => {
  const width = name === 'currents' ? 2 : 1;

  test('expectation values, variances, matrix elements, correlations', () => {
    same((core) => {
      const h = core.spins(options as never);
      const states = columns(width * h.n, 3);
      const { values, imaginary } = core.correlations(h, states, { op: '+-' });
      return {
        products: h.multiply(states, 3),
        expectations: core.expectation(h, states),
        variances: core.variance(h, states),
        elements: core.matrixElements(h, states),
        correlations: values,
        ...(width === 2 ? { imaginary } : {}),
        connected: core.correlations(h, states, { op: 'zz', connected: true }).values,
      };
    });
  });

  test('evolution by both methods, in real and imaginary time, and typicality', () => {
    same((core) => {
      const h = core.spins(options as never);
      const psi = columns(width * h.n, 2);
      const both = { observables: [h], states: true, complex: width === 2 };
      const chebyshev = core.evolve(h, psi, [0.5, 3], { ...both, method: 'chebyshev' });
      const krylov = core.evolve(h, psi, [1], { ...both, method: 'krylov' });
      const cold = core.evolve(h, psi, [2], { ...both, imaginary: true });
      const typical = core.typicality(h, {
        betas: [0.1, 1],
        observables: [h],
        functions: [(e) => e * e],
        samples: 3,
        vectors: 30,
      });
      return {
        chebyshev: chebyshev.states,
        'chebyshev, expectations': chebyshev.expectations[0],
        'chebyshev, errors': chebyshev.errors,
        krylov: krylov.states,
        'krylov, expectations': krylov.expectations[0],
        cold: cold.states,
        'cold, norms': cold.logNorms,
        logZ: typical.logZ,
        'logZ, errors': typical.logZErrors,
        energies: typical.energies,
        'energies, errors': typical.energyErrors,
        'heat capacities': typical.heatCapacities,
        expectations: typical.expectations[0],
        traces: typical.traces,
        'traces, errors': typical.traceErrors,
      };
    });
  });
});

test.each([1, 2])(
  'entropies of all columns, Schmidt weights, density matrices, participation: %i numbers an amplitude',
  (width) => {
    const sites = 12;
    const states = columns(width * 2 ** sites, 8);
    const complex = width === 2;
    const [half, few] = [Array.from({ length: 6 }, (_, i) => 2 * i), [1, 5, 7]];
    same((core) => ({
      entropies: core.entanglementEntropy(states, {
        dimensions: new Array(sites).fill(2),
        subsystem: half,
        complex,
      }),
      renyi: core.entanglementEntropy(states, {
        dimensions: new Array(sites).fill(2),
        subsystem: few,
        complex,
        order: 2,
      }),
      weights: core.schmidtWeights(states.subarray(0, width * 2 ** sites), { subsystem: half, complex }),
      density: core.reducedDensityMatrix(states.subarray(0, width * 2 ** sites), {
        subsystem: half,
        complex,
      }),
      participation: core.participationEntropy(states, { length: 2 ** sites, complex }),
      'participation, order 2': core.participationEntropy(states, { length: 2 ** sites, complex, order: 2 }),
    }));
  },
);

test('evolution by all eigenvectors, entropies of eigenvectors, the states of a random-field chain near E = 0', () => {
  same((core) => {
    const { terms } = chains.fields;
    const h = core.spins({
      sites: 10,
      terms: terms.filter(({ sites }) => Math.max(...sites) < 10),
      sector: { up: 5 },
    });
    const exact = core.evolveExact(h, columns(h.n, 2), [0.5, 100], {
      observables: [h],
      states: true,
      complex: false,
    });
    const near = core.eigsh(h, { k: 8, which: { near: 0 }, method: 'filtered' });
    const low = core.eigsh(core.spins(chains.fields as never), { k: 3 });
    return {
      exact: exact.states,
      energies: exact.energies,
      averages: exact.averages[0],
      near: near.vectors,
      residuals: near.residuals,
      low: low.vectors,
      entropies: core.entanglementEntropy(h.embed(near.vectors, 8), {
        dimensions: new Array(10).fill(2),
        subsystem: [0, 1, 2, 3, 4],
      }),
    };
  });
});
