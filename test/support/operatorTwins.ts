// Long calls about operators and their states, with their twins in slices.
import type { Core, SpinOperator, SpinOptions, Watch } from 'emft';

export interface Twin {
  /** The plain call. */
  plain: (core: Core) => unknown;
  /** Its twin, with the same arguments. */
  twin: (core: Core, watch: Watch) => Promise<unknown>;
}

/** A Heisenberg chain of some size. */
const heisenberg = (core: Core, length = 12) =>
  core.spins({
    sites: length,
    terms: ['xx', 'yy', 'zz'].flatMap((op) =>
      Array.from({ length }, (_, i) => ({ op, sites: [i, (i + 1) % length], coefficient: 1 + i / 20 })),
    ),
  });

/** The same at half filling in fields that leave no level with copies. */
const disordered = (core: Core) =>
  core.spins({
    sites: 10,
    terms: ['xx', 'yy', 'zz', 'z'].flatMap((op) =>
      Array.from({ length: 10 }, (_, i) => ({
        op,
        sites: op === 'z' ? [i] : [i, (i + 1) % 10],
        coefficient: op === 'z' ? ((7 * i * i) % 10) / 10 + i / 30 : 1,
      })),
    ),
    sector: { up: 5 },
  });

/** A magnetization in the same sector. */
const diagonal = (core: Core) =>
  core.spins({ sites: 10, terms: [{ op: 'z', sites: [0] }], sector: { up: 5 } });

const sun = (core: Core) => core.randomSunModel({ spins: 12, dotSpins: 7, alpha: 0.8, seed: 3 });

const sites = { dimensions: [50, 2, 20], subsystem: [0], complex: false };
const square = { dimensions: [320, 320], subsystem: [1], complex: true };
const real = { complex: false };

/** Three ways in which the operator of a chain is made: without a sector, with the matrix in one, and without that matrix. */
const chains: Record<string, SpinOptions> = {
  spins: {
    sites: 16,
    terms: ['xx', 'yy', 'zz'].flatMap((op) =>
      Array.from({ length: 16 }, (_, i) => ({ op, sites: [i, (i + 1) % 16], coefficient: 1 + i / 20 })),
    ),
  },
  ...Object.fromEntries(
    (['csr', 'free'] as const).map((storage): [string, SpinOptions] => [
      `spins, a sector, ${storage}`,
      {
        sites: 12,
        terms: ['xx', 'yy', 'zz'].flatMap((op) =>
          Array.from({ length: 12 }, (_, i) => ({ op, sites: [i, (i + 1) % 12] })),
        ),
        sector: {
          symmetries: [
            { permutation: Array.from({ length: 12 }, (_, i) => (i + 1) % 12), character: [0, 1] },
          ],
        },
        storage,
      },
    ]),
  ),
};

/** A closed path in compressed rows, and its springs as a list of entries, four each. */
const length = 50_000;
const path = {
  n: length,
  indptr: Int32Array.from({ length: length + 1 }, (_, i) => 2 * i),
  indices: Int32Array.from(
    { length: 2 * length },
    (_, p) => ((p >> 1) + (p % 2 === 0 ? 1 : length - 1)) % length,
  ),
  data: new Float64Array(2 * length).fill(0.1),
};
const ends = (bit: 0 | 1) =>
  Int32Array.from({ length: 4 * length }, (_, p) => ((p >> 2) + ((p >> bit) & 1)) % length);
const springs = {
  n: length,
  row: ends(1),
  col: ends(0),
  data: Float64Array.from({ length: 4 * length }, (_, p) => (p % 4 === 0 || p % 4 === 3 ? 0.1 : -0.1)),
};

/** What an operator on spins is, in numbers. */
const seen = (core: Core, { n, bytes, complex, states, multiply }: SpinOperator) => ({
  bytes,
  states: states(),
  product: multiply(core.normals({ seed: 7 }, (complex ? 2 : 1) * n)),
});

/** By the name of the plain call, in some of its ways. */
export const operatorTwins: Record<string, Twin> = {
  ...Object.fromEntries(
    Object.entries(chains).map(([name, options]): [string, Twin] => [
      name,
      {
        plain: (core) => seen(core, core.spins(options)),
        twin: async (core, watch) => seen(core, await core.spinsAsync({ ...options, ...watch })),
      },
    ]),
  ),
  csr: {
    plain: (core) => core.csr(path).multiply(core.normals({ seed: 7 }, path.n)),
    twin: async (core, watch) =>
      (await core.csrAsync({ ...path, ...watch })).multiply(core.normals({ seed: 7 }, path.n)),
  },
  coo: {
    plain: (core) => core.coo(springs).multiply(core.normals({ seed: 7 }, path.n)),
    twin: async (core, watch) =>
      (await core.cooAsync({ ...springs, ...watch })).multiply(core.normals({ seed: 7 }, path.n)),
  },
  sunOperator: {
    plain: (core) => seen(core, core.sunOperator(core.randomSunModel({ spins: 8, alpha: 0.8, seed: 3 }))),
    twin: async (core, watch) =>
      seen(core, await core.sunOperatorAsync(core.randomSunModel({ spins: 8, alpha: 0.8, seed: 3 }), watch)),
  },
  entanglementEntropy: {
    plain: (core) => core.entanglementEntropy(core.normals({ seed: 5 }, 200_000), sites),
    twin: (core, watch) =>
      core.entanglementEntropyAsync(core.normals({ seed: 5 }, 200_000), { ...sites, ...watch }),
  },
  schmidtWeights: {
    plain: (core) => core.schmidtWeights(core.normals({ seed: 5 }, 200_000), sites),
    twin: (core, watch) =>
      core.schmidtWeightsAsync(core.normals({ seed: 5 }, 200_000), { ...sites, ...watch }),
  },
  'entanglementEntropy of one state of two large sides': {
    plain: (core) => core.entanglementEntropy(core.normals({ seed: 7 }, 2 * 320 * 320), square),
    twin: (core, watch) =>
      core.entanglementEntropyAsync(core.normals({ seed: 7 }, 2 * 320 * 320), { ...square, ...watch }),
  },
  reducedDensityMatrix: {
    plain: (core) => core.reducedDensityMatrix(core.normals({ seed: 5 }, 200_000), sites),
    twin: (core, watch) =>
      core.reducedDensityMatrixAsync(core.normals({ seed: 5 }, 200_000), { ...sites, ...watch }),
  },
  'reducedDensityMatrix of one state of two large sides': {
    plain: (core) => core.reducedDensityMatrix(core.normals({ seed: 7 }, 2 * 320 * 320), square),
    twin: (core, watch) =>
      core.reducedDensityMatrixAsync(core.normals({ seed: 7 }, 2 * 320 * 320), { ...square, ...watch }),
  },
  participationEntropy: {
    plain: (core) =>
      core.participationEntropy(core.normals({ seed: 5 }, 20_000), { length: 500, complex: false }),
    twin: (core, watch) =>
      core.participationEntropyAsync(core.normals({ seed: 5 }, 20_000), {
        length: 500,
        complex: false,
        ...watch,
      }),
  },
  expectation: {
    plain: (core) => core.expectation(heisenberg(core, 9), core.normals({ seed: 5 }, 200 * 512), real),
    twin: (core, watch) =>
      core.expectationAsync(heisenberg(core, 9), core.normals({ seed: 5 }, 200 * 512), { ...real, ...watch }),
  },
  variance: {
    plain: (core) => core.variance(heisenberg(core, 9), core.normals({ seed: 5 }, 200 * 512), real),
    twin: (core, watch) =>
      core.varianceAsync(heisenberg(core, 9), core.normals({ seed: 5 }, 200 * 512), { ...real, ...watch }),
  },
  eigsh: {
    plain: (core) => core.eigsh(heisenberg(core), { k: 4, method: 'lanczos' }),
    twin: (core, watch) => core.eigshAsync(heisenberg(core), { k: 4, method: 'lanczos', ...watch }),
  },
  ...Object.fromEntries(
    (
      [
        ['near an energy', { k: 4, which: { near: 0.5 }, method: 'filtered' }],
        ['an interval', { which: { interval: [0.5, 0.6] }, method: 'filtered' }],
        ['near an energy, counted', { k: 4, which: { near: 0.5 }, method: 'filtered', count: true }],
        ['near an energy, dense', { k: 4, which: { near: 0.5 }, method: 'dense' }],
      ] as const
    ).map(([name, options]): [string, Twin] => [
      `eigsh, ${name}`,
      {
        plain: (core) => core.eigsh(disordered(core), options),
        twin: (core, watch) => core.eigshAsync(disordered(core), { ...options, ...watch }),
      },
    ]),
  ),
  evolve: {
    plain: (core) => core.evolve(heisenberg(core), core.normals({ seed: 5 }, 4096), [5, 1, -2]),
    twin: (core, watch) =>
      core.evolveAsync(heisenberg(core), core.normals({ seed: 5 }, 4096), [5, 1, -2], watch),
  },
  'evolve, krylov': {
    plain: (core) =>
      core.evolve(heisenberg(core), core.normals({ seed: 5 }, 4096), [5, 1, -2], { method: 'krylov' }),
    twin: (core, watch) =>
      core.evolveAsync(heisenberg(core), core.normals({ seed: 5 }, 4096), [5, 1, -2], {
        method: 'krylov',
        ...watch,
      }),
  },
  evolveExact: {
    plain: (core) =>
      core.evolveExact(heisenberg(core, 9), core.normals({ seed: 5 }, 512), [5, 1, -2], {
        observables: [heisenberg(core, 9)],
      }),
    twin: (core, watch) =>
      core.evolveExactAsync(heisenberg(core, 9), core.normals({ seed: 5 }, 512), [5, 1, -2], {
        observables: [heisenberg(core, 9)],
        ...watch,
      }),
  },
  typicality: {
    plain: (core) =>
      core.typicality(heisenberg(core, 9), { betas: [0.5, 2], observables: [heisenberg(core, 9)] }),
    twin: (core, watch) =>
      core.typicalityAsync(heisenberg(core, 9), {
        betas: [0.5, 2],
        observables: [heisenberg(core, 9)],
        ...watch,
      }),
  },
  bathRate: {
    plain: (core) => core.bathRate(disordered(core), [diagonal(core)]),
    twin: (core, watch) => core.bathRateAsync(disordered(core), [diagonal(core)], watch),
  },
  sunCouplings: {
    plain: (core) => core.sunCouplings(sun(core)),
    twin: (core, watch) => core.sunCouplingsAsync({ ...sun(core), ...watch }),
  },
  matrixElements: {
    plain: (core) => core.matrixElements(heisenberg(core, 9), core.normals({ seed: 5 }, 200 * 512), real),
    twin: (core, watch) =>
      core.matrixElementsAsync(heisenberg(core, 9), core.normals({ seed: 5 }, 200 * 512), {
        ...real,
        ...watch,
      }),
  },
  correlations: {
    plain: (core) => core.correlations(heisenberg(core, 9), core.normals({ seed: 5 }, 2 * 512), real),
    twin: (core, watch) =>
      core.correlationsAsync(heisenberg(core, 9), core.normals({ seed: 5 }, 2 * 512), { ...real, ...watch }),
  },
};
