// The lattice around a grain: couplings of every method against the dense eigenproblem written down here.
import {
  ConvergenceError,
  type Core,
  type LatticeCouplings,
  type LatticeMethod,
  type LatticeModel,
} from 'emft';
import { ULP } from './doubles.js';
import { LIMIT } from './examine.js';
import { ratios, scaledCopy } from './ratios.js';
import { Findings, type Room } from './room.js';

interface Lattice {
  model: LatticeModel;
  g0: number;
}

/** Orbitals nearer than this in energy, relative to the norm, are taken together: no method can tell them apart. */
const CLOSE = 1e-6;
/** Errors of |φ|² of such a group that bounds do not cover, but for what mixes it with its neighbours. */
const ABSOLUTE = 1e-12;
/** `lanczos` takes two orbitals this near, as a share of the norm, for one; its upper bounds suppose that there are none. */
const PAIR = 1e-9;

/** H on the sites, from the sites and the potential of a result. */
function hamiltonian({ sites, potential, model }: LatticeCouplings): Float64Array {
  const n = potential.length;
  const h = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < n; ++j) {
      const steps = Math.abs(sites[2 * i] - sites[2 * j]) + Math.abs(sites[2 * i + 1] - sites[2 * j + 1]);
      if (steps === 1) h[i * n + j] = model.hopping;
    }
    h[i * n + i] = potential[i];
  }
  return h;
}

function groups(
  found: Findings,
  name: string,
  result: LatticeCouplings,
  energies: Float64Array,
  weights: Float64Array,
) {
  const n = energies.length;
  const norm = Math.max(Math.abs(energies[0]), Math.abs(energies[n - 1]));
  if (result.energies.length !== n) {
    found.holds(
      `${name}: orbitals missing`,
      result.energies.length + result.missing === n,
      `${result.missing} of ${n}`,
    );
    return;
  }
  const paired = name === 'lanczos' && least(energies) <= PAIR * norm;
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && energies[to] - energies[to - 1] <= CLOSE * norm) to++;
    let [exact, low, high] = [0, 0, 0];
    for (let k = from; k < to; ++k) {
      found.below(`${name}: energy`, Math.abs(result.energies[k] - energies[k]) / norm, 1e-12);
      exact += weights[k];
      low += result.lower[k] ** 2;
      high += result.upper[k] ** 2;
    }
    const below = from > 0 ? energies[from] - energies[from - 1] : norm;
    const above = to < n ? energies[to] - energies[to - 1] : norm;
    // What the eigenvectors of the reference are mixed by.
    const allowed = ABSOLUTE + (20 * ULP * norm) / Math.min(below, above);
    found.below(`${name}: lower bound`, low - exact, allowed);
    if (!paired) found.below(`${name}: upper bound`, exact - high, allowed);
    from = to;
  }
}

const least = (energies: Float64Array) =>
  energies.reduce(
    (gap, e, k) => (k > 0 ? Math.min(gap, e - energies[k - 1]) : gap),
    Number.POSITIVE_INFINITY,
  );

export const lattice: Room<Lattice> = {
  draw(random) {
    const phases = random.chance(0.5)
      ? { theta0: 7 * random.signed() }
      : { random: true, seed: random.word() };
    const model: LatticeModel = {
      radius: random.integer(1, 5),
      strength: 10 ** (random.chance(0.8) ? 2.5 * random.uniform() : 9 * random.signed()),
      ...phases,
      ...(random.chance(0.3) && { hopping: 10 ** (3 * random.signed()) }),
      ...(random.chance(0.3) && { breakpoint: 0.05 + 6.1 * random.uniform() }),
    };
    return { model, g0: 10 ** (2 * random.signed()) };
  },
  check(core: Core, { model, g0 }) {
    const found = new Findings();
    const first = core.latticeCouplings({ ...model, method: 'dense' });
    const h = hamiltonian(first);
    const n = first.potential.length;
    const { values, vectors } = core.eigh(h, n);
    const { residual, orthogonality } = ratios(scaledCopy(h, n), values, vectors);
    found.below('residual', Math.max(residual, orthogonality), LIMIT);
    // The origin is the middle site.
    const weights = values.map((_, k) => vectors[k * n + (n >> 1)] ** 2);
    const lows: number[] = [];
    const highs: number[] = [];
    const norm = model.strength + 4 * (model.hopping ?? 1);
    const methods: LatticeMethod[] = ['auto', 'band', 'lanczos', 'dense'];
    // Where orbitals are localized.
    if (model.strength > 18 * (model.hopping ?? 1)) methods.push('local');
    for (const method of methods) {
      let result: LatticeCouplings;
      try {
        result = core.latticeCouplings({ ...model, method });
      } catch (error) {
        // `lanczos` and `local` may say that the lattice is none for them; the others serve for any.
        if (error instanceof ConvergenceError && (method === 'lanczos' || method === 'local')) continue;
        throw error;
      }
      groups(found, method, result, values, weights);
      const [low, high] = core.latticeMeanField(result, { g0 }).etaTotBounds;
      lows.push(low);
      if (result.method !== 'lanczos' || least(values) > PAIR * norm) highs.push(high);
    }
    const [low, high] = [Math.max(...lows), Math.min(...highs)];
    found.below('bounds on η_tot of the methods exclude each other', low - high, 1e-6 * Math.max(1, high));
    const verdict = core.latticeVerdict(model, { g0 });
    const full = core.latticeMeanField(first, { g0 });
    const agree = !verdict.certain || !full.certain || verdict.avalanche === full.avalanche;
    found.holds('verdict', agree, `${verdict.stage}: ${verdict.avalanche}, in full ${full.avalanche}`);
    return found.list;
  },
};
