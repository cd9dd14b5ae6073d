// Several grains: two of them with l-bits in a row between, diagonalized, and lattices with a grain at every so many sites.
import type { Core, LatticeModel, MergeRule, Operator } from 'emft';
import { middleStates } from 'emft/check';
import type { TaskKind, TaskKinds } from '../task.js';

/** Two grains of d_g levels at the ends of a row of n l-bits: J_n of either falls off by α from its own end. */
export interface TwoGrainsTask {
  n: number;
  alpha: number;
  grainDimension: number;
  j1: number;
  /** Middle share of the spectrum that is measured; in its place `states` nearest to E = 0, found without the matrix. */
  fraction: number;
  states?: number;
}

export interface TwoGrains {
  /** [S_n], nats, of each l-bit. */
  entropy: number[];
  /** g by (3) of an l-bit with J₁ and the mean field h, from the levels of both grains alone. */
  bare: number;
}

/** Where the grain of the other end lies in the ensemble of grains, far behind those of this end. */
const OTHER = 1 << 20;
/** Mean field h, and width of the window of energies around resonance in which pairs are counted. */
const [FIELD, SHELL] = [1, 1];

type Model = ReturnType<Core['randomGrainModel']>;

/**
 * ρ[|V_ab|] of (3) over the middle half of the grain's levels a: the sum of |V_ab| over levels b within the window, over its width. No
 * level of a small grain need be there.
 */
function bareOf(core: Core, { grain }: Model, d: number, j1: number): number {
  const { values, vectors } = core.eigh(grain, d);
  const [first, last] = [d / 4, (3 * d) / 4];
  let sum = 0;
  for (let a = first; a < last; ++a)
    for (let b = 0; b < d; ++b)
      for (const turn of [2 * FIELD, -2 * FIELD]) {
        if (Math.abs(values[b] - values[a] - turn) >= SHELL / 2) continue;
        // ⟨b|σ⁺|a⟩ of the grain's spin, bit 0, where the l-bit turns down and gives its 2h, ⟨b|σ⁻|a⟩ where it turns up.
        let element = 0;
        for (let s = 0; s < d; s += 2) {
          const [to, from] = turn > 0 ? [s, s + 1] : [s + 1, s];
          element += vectors[b * d + to] * vectors[a * d + from];
        }
        sum += Math.abs(2 * j1 * element);
      }
  return sum / SHELL / 2 / (last - first);
}

/** H of both grains and the l-bits: state (a d_g + b) 2^N + Σ b_n 2^n, bit 0 of a and of b the spins that couple. */
function hamiltonian(core: Core, one: Model, two: Model, d: number): Operator {
  const { fields } = one;
  const n = fields.length;
  const bits = 2 ** n;
  const [row, col, data]: number[][] = [[], [], []];
  const put = (i: number, j: number, value: number) => {
    row.push(i);
    col.push(j);
    data.push(value);
  };
  const J = [one.couplings, two.couplings.toReversed()];
  const unit = [d * bits, bits];
  for (let state = 0; state < d * d * bits; ++state) {
    const levels = unit.map((u) => Math.floor(state / u) % d);
    const energy = fields.reduce((sum, h, k) => sum + ((state >> k) & 1 ? -h : h), 0);
    put(state, state, energy);
    [one, two].forEach(({ grain }, g) => {
      for (let to = 0; to < d; ++to)
        put(state, state + (to - levels[g]) * unit[g], grain[levels[g] * d + to]);
      J[g].forEach((j, k) => {
        if (((state >> k) & 1) !== (levels[g] & 1)) {
          // Both turn over.
          const [bit, spin] = [(state >> k) & 1 ? -(1 << k) : 1 << k, levels[g] & 1 ? -1 : 1];
          put(state, state + bit + spin * unit[g], 2 * j);
        }
      });
    });
  }
  return core.coo({ n: d * d * bits, row, col, data: Float64Array.from(data) });
}

/** The eigenvectors that are measured. */
function statesOf(core: Core, h: Operator, { fraction, states }: TwoGrainsTask): Float64Array {
  if (states !== undefined) {
    const { vectors, converged } = core.eigsh(h, { k: states, which: { near: 0 } });
    if (!converged) throw new Error('not all states of two grains were found');
    return vectors;
  }
  const { first, last } = middleStates(h.n, fraction);
  return core.eigh(h.toDense(), h.n, { range: { index: [first, last - 1] } }).vectors;
}

const twoGrainsKind = {
  run(core: Core, task: TwoGrainsTask, seed: number, index: number): TwoGrains {
    const { n, alpha, grainDimension: d, j1 } = task;
    const [one, two] = [index, index + OTHER].map((sample) =>
      core.randomGrainModel({ alpha, n, seed, sample, grainDimension: d, j1 }),
    );
    const vectors = statesOf(core, hamiltonian(core, one, two, d), task);
    const dimensions = [...new Array<number>(n).fill(2), d * d];
    const entropy = Array.from({ length: n }, (_, k) => {
      const found = core.entanglementEntropy(vectors, { dimensions, subsystem: [k], complex: false });
      return core.meanAndError(found).mean;
    });
    return { entropy, bare: (bareOf(core, one, d, j1) + bareOf(core, two, d, j1)) / 2 };
  },
} satisfies TaskKind;

/** Lattices with grains at all sites whose coordinates are multiples of the spacing. */
export interface GrainLatticesTask {
  model: Pick<LatticeModel, 'radius' | 'strength' | 'hopping'>;
  theta0: number;
  spacings: readonly number[];
  dg: number;
}

export interface GrainLattice {
  spacing: number;
  grains: number;
  /** R of (20) of single grains at the origin and at four sites around it; −1 where there is none. */
  radii: number[];
  /** η_tot/log 2 and bubbles by each rule. */
  bits: Record<MergeRule, number>;
  bubbles: Record<MergeRule, number>;
  /** By collars; 0 or 1. */
  certain: number;
}

export function grainSites(radius: number, spacing: number): [number, number][] {
  const reach = Math.floor(radius / spacing);
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => spacing * (i - reach));
  return steps
    .flatMap((n1) => steps.map((n2): [number, number] => [n1, n2]))
    .filter(([n1, n2]) => Math.abs(n1) + Math.abs(n2) <= radius);
}

const grainLatticesKind = {
  run(core: Core, { model, theta0, spacings, dg }: GrainLatticesTask): GrainLattice[] {
    const around = grainSites(model.radius, Math.ceil((model.radius + 1) / 2));
    const single = core.latticeGrains({ ...model, theta0, grains: around, dg, merge: 'never' });
    const radii = single.bubbles.map(({ radius }) => radius ?? -1);
    return spacings.map((spacing) => {
      const grains = grainSites(model.radius, spacing);
      const collars = core.latticeGrains({ ...model, theta0, grains, dg });
      const by = (merge: MergeRule) =>
        merge === 'collars' ? collars : core.meanFieldGrains({ couplings: collars.phi, dg, merge });
      const all = { never: by('never'), coupling: by('coupling'), collars, always: by('always') };
      const of = (pick: (one: (typeof all)['never']) => number) =>
        Object.fromEntries(Object.entries(all).map(([rule, found]) => [rule, pick(found)])) as Record<
          MergeRule,
          number
        >;
      return {
        spacing,
        grains: grains.length,
        radii,
        bits: of(({ etaTot }) => etaTot / Math.LN2),
        bubbles: of(({ bubbles }) => bubbles.length),
        certain: Number(collars.certain),
      };
    });
  },
} satisfies TaskKind;

export const taskKinds = { twoGrains: twoGrainsKind, grainLattices: grainLatticesKind } satisfies TaskKinds;
