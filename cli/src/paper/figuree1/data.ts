// Entropies and polarizations of l-bits against energy, of eigenstates and of the mean field away from infinite temperature.
import type { Core } from 'emft';
import type { EnergyStates, EnergyStatesTask } from '../../sweeps/tasks/energyStates.js';
import { runCells, sizesOf } from '../cells.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import type { Data, Measured, Profile } from '../figure.js';

/** Chains of N l-bits, with realizations and with states at each energy. */
interface Size {
  n: number;
  samples: number;
  count: number;
}

const sizes: Record<Profile, readonly Size[]> = {
  quick: [{ n: 4, samples: 6, count: 24 }],
  paper: [
    { n: 4, samples: 48, count: 24 },
    { n: 6, samples: 12, count: 48 },
    { n: 7, samples: 4, count: 64 },
  ],
};
const seed = 91;
const alpha = 0.7;
const grainDimension = 64;
/** Weak to strong coupling. */
const j1s = [0.05, 0.2, 0.82];
/** Energies in units of the root mean square of the spectrum. */
const measuredAt = [0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8];
const curveAt = Array.from({ length: 20 }, (_, k) => k / 10);

interface Row {
  /** 'states': eigenstates beside the theory; 'theory': the theory alone, on a finer grid. */
  kind: string;
  n: number;
  j1: number;
  energy: number;
  spin: number;
  samples: number;
  entropyBits: number;
  entropyError: number;
  polarization: number;
  polarizationError: number;
  theoryBits: number;
  theoryPolarization: number;
  /** The binary entropy of the weights in equilibrium. */
  thermalBits: number;
}

export const NAMES = [
  'n',
  'j1',
  'energy',
  'spin',
  'samples',
  'entropyBits',
  'entropyError',
  'polarization',
  'polarizationError',
  'theoryBits',
  'theoryPolarization',
  'thermalBits',
] as const;
export type Point = Record<(typeof NAMES)[number], number>;

export interface Findings {
  rows: Point[];
  sizes: readonly Size[];
  j1s: readonly number[];
}

/** With the mean of the fields, which in eigenstates are uniform on 0.9 … 1.1. */
const chain = (n: number, j1: number) => {
  const couplings = [j1];
  while (couplings.length < n) couplings.push(couplings[couplings.length - 1] * alpha);
  return { grainDimension, fields: new Float64Array(n).fill(1), couplings };
};

/** √(tr H²/D): of the grain, the fields and the flip-flops. */
const widthOf = (n: number, j1: number) =>
  Math.sqrt(1.5 * 1.5 + n + 2 * chain(n, j1).couplings.reduce((sum, j) => sum + j * j, 0));

function theoryAt(core: Core, n: number, j1: number, x: number) {
  const { up, down } = core.grainCouplings({ ...chain(n, j1), energy: x * widthOf(n, j1) });
  const { entropy, polarization } = core.solveMeanFieldAtEnergy(up, down, { tolerance: 1e-8 });
  const thermal = core.responseAtEnergy(
    up.map((g) => 1e8 * g),
    down.map((g) => 1e8 * g),
  ).entropy;
  return Array.from(entropy, (s, k) => ({
    theoryBits: s / Math.LN2,
    theoryPolarization: polarization[k],
    thermalBits: thermal[k] / Math.LN2,
  }));
}

interface Cell extends Size {
  j1: number;
  own: EnergyStates[];
}

function stateRows(core: Core, { n, j1, samples, own }: Cell): Row[] {
  return measuredAt.flatMap((energy, k) =>
    theoryAt(core, n, j1, energy).map((theory, spin): Row => {
      const of = (key: keyof EnergyStates) =>
        core.meanAndError(Float64Array.from(own, (one) => one[key][k * n + spin]));
      const [entropy, polarization] = [of('entropy'), of('polarization')];
      return {
        kind: 'states',
        n,
        j1,
        energy,
        spin: spin + 1,
        samples,
        entropyBits: entropy.mean / Math.LN2,
        entropyError: entropy.error / Math.LN2,
        polarization: polarization.mean,
        polarizationError: polarization.error,
        ...theory,
      };
    }),
  );
}

function theoryRows(core: Core, n: number): Row[] {
  const none = { entropyBits: 0, entropyError: 0, polarization: 0, polarizationError: 0 };
  return j1s.flatMap((j1) =>
    curveAt.flatMap((energy) =>
      theoryAt(core, n, j1, energy).map((theory, k): Row => {
        return { kind: 'theory', n, j1, energy, spin: k + 1, samples: 0, ...none, ...theory };
      }),
    ),
  );
}

function findings({ columns, parameters }: Measured): Findings {
  return { rows: rowsOfKind(columns, 'states', NAMES), sizes: parameters.sizes as Size[], j1s };
}

export const data: Data<Findings> = {
  title: 'Test E1: entropies away from infinite temperature',
  ensemble: (profile) => Object.fromEntries(sizes[profile].map(({ n, samples }) => [n, samples])),
  async compute(context) {
    const { core, profile, ensemble } = context;
    const wanted = sizesOf(sizes[profile], ensemble);
    const cells: Cell[] = wanted.flatMap((size) => j1s.map((j1) => ({ ...size, j1, own: [] })));
    await runCells(context, cells, ({ n, j1, count }, index) => {
      const energies = measuredAt.map((x) => x * widthOf(n, j1));
      const params: EnergyStatesTask = { n, alpha, j1, grainDimension, energies, count };
      return { kind: 'energyStates', params, seed, index };
    });
    return {
      columns: columnsOf([
        ...cells.flatMap((cell) => stateRows(core, cell)),
        ...theoryRows(core, wanted.at(-1)!.n),
      ]),
      parameters: { profile, seed, alpha, grainDimension, j1s, sizes: wanted },
      measured: {},
    };
  },
  findings,
};
