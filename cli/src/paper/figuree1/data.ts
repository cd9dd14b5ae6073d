// Entropies and polarizations of l-bits against energy, of eigenstates and of the mean field away from infinite temperature.
import type { Core } from 'emft';
import * as v from 'valibot';
import type { EnergyStates, EnergyStatesTask } from '../../sweeps/tasks/energyStates.js';
import { runCells, sizesOf } from '../cells.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import { count, finite, gridOf, numbers } from '../example.js';
import type { Data, Measured } from '../figure.js';

/** Chains of N l-bits, with realizations and with states at each energy. */
const sizeOf = v.strictObject({ n: count, samples: count, count });

const grid = gridOf(
  'e1',
  v.strictObject({
    seed: count,
    alpha: finite,
    grainDimension: count,
    j1s: numbers,
    measuredAt: numbers,
    curveAt: numbers,
    sizes: v.array(sizeOf),
  }),
);
type Grid = ReturnType<typeof grid>;
type Size = Grid['sizes'][number];

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
const chain = ({ alpha, grainDimension }: Grid, n: number, j1: number) => {
  const couplings = [j1];
  while (couplings.length < n) couplings.push(couplings[couplings.length - 1] * alpha);
  return { grainDimension, fields: new Float64Array(n).fill(1), couplings };
};

/** √(tr H²/D): of the grain, the fields and the flip-flops. */
const widthOf = (own: Grid, n: number, j1: number) =>
  Math.sqrt(1.5 * 1.5 + n + 2 * chain(own, n, j1).couplings.reduce((sum, j) => sum + j * j, 0));

function theoryAt(core: Core, own: Grid, n: number, j1: number, x: number) {
  const { up, down } = core.grainCouplings({ ...chain(own, n, j1), energy: x * widthOf(own, n, j1) });
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

function stateRows(core: Core, grid: Grid, { n, j1, samples, own }: Cell): Row[] {
  return grid.measuredAt.flatMap((energy, k) =>
    theoryAt(core, grid, n, j1, energy).map((theory, spin): Row => {
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

function theoryRows(core: Core, own: Grid, n: number): Row[] {
  const none = { entropyBits: 0, entropyError: 0, polarization: 0, polarizationError: 0 };
  return own.j1s.flatMap((j1) =>
    own.curveAt.flatMap((energy) =>
      theoryAt(core, own, n, j1, energy).map((theory, k): Row => {
        return { kind: 'theory', n, j1, energy, spin: k + 1, samples: 0, ...none, ...theory };
      }),
    ),
  );
}

function findings({ columns, parameters }: Measured): Findings {
  return {
    rows: rowsOfKind(columns, 'states', NAMES),
    sizes: parameters.sizes as Size[],
    j1s: parameters.j1s as number[],
  };
}

export const data: Data<Findings> = {
  title: 'Test E1: entropies away from infinite temperature',
  ensemble: (profile) => Object.fromEntries(grid(profile).sizes.map(({ n, samples }) => [n, samples])),
  async compute(context) {
    const { core, profile, ensemble } = context;
    const own = grid(profile);
    const { seed, alpha, grainDimension, j1s, measuredAt } = own;
    const wanted = sizesOf(own.sizes, ensemble);
    const cells: Cell[] = wanted.flatMap((size) => j1s.map((j1) => ({ ...size, j1, own: [] })));
    await runCells(context, cells, ({ n, j1, count }, index) => {
      const energies = measuredAt.map((x) => x * widthOf(own, n, j1));
      const params: EnergyStatesTask = { n, alpha, j1, grainDimension, energies, count };
      return { kind: 'energyStates', params, seed, index };
    });
    return {
      columns: columnsOf([
        ...cells.flatMap((cell) => stateRows(core, own, cell)),
        ...theoryRows(core, own, wanted.at(-1)!.n),
      ]),
      parameters: { profile, seed, alpha, grainDimension, j1s, sizes: wanted },
      measured: {},
    };
  },
  findings,
};
