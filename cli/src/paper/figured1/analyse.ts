// The table of the figure: rows of lattices, of one realization's maps, of one l-bit and of rows of l-bits between two grains.
import { type Core, drhCouplings, type MergeRule } from 'emft';
import * as v from 'valibot';
import { type GrainLattice, grainSites, type TwoGrains } from '../../sweeps/tasks/manyGrains.js';
import { count, decades, finite, gridOf, numbers } from '../example.js';

export const grid = gridOf(
  'd1',
  v.strictObject({
    seed: count,
    dg: count,
    hopping: finite,
    fraction: finite,
    radius: count,
    strengths: numbers,
    offsets: count,
    spacings: numbers,
    map: v.strictObject({ strength: finite, theta0: finite, spacings: numbers }),
    one: v.array(v.strictObject({ grainDimension: count, samples: count })),
    j1: numbers,
    curve: decades,
    rows: v.array(v.strictObject({ n: count, samples: count, states: v.optional(count) })),
    rowJ1: finite,
    alphas: numbers,
  }),
);
export type Grid = ReturnType<typeof grid>;

interface TableRow {
  kind: string;
  /** W of a fraction, the spacing of a map, d_g of one l-bit, N of a row. */
  size: number;
  /** Spacing and number of grains, or a site, or g and number of realizations, or n and α. */
  x: number;
  y: number;
  /** f_aval by collars, or [S]/log 2, exact but for the maps. */
  value: number;
  error: number;
  /** The same by each rule of mergers, and with squares of bubbles' couplings added. */
  never: number;
  coupling: number;
  collars: number;
  always: number;
  squares: number;
  /** R of (20), its mean and its largest value. */
  radius: number;
  radiusMost: number;
}

export const NAMES = [
  ...(['size', 'x', 'y', 'value', 'error'] as const),
  ...(['never', 'coupling', 'collars', 'always', 'squares', 'radius', 'radiusMost'] as const),
];
export type Point = Record<(typeof NAMES)[number], number>;

const EMPTY: Omit<TableRow, 'kind' | 'size'> = {
  ...{ x: 0, y: 0, value: 0, error: 0, never: 0, coupling: 0, collars: 0, always: 0, squares: 0 },
  ...{ radius: 0, radiusMost: 0 },
};

export const meanOf = (core: Core, list: readonly number[]) => core.meanAndError(Float64Array.from(list));

/** [S]/log 2 of l-bits with couplings to two grains, by each way of combining them. */
function theories(core: Core, couplings: [number[], number[]], dg: number) {
  const by = (merge: MergeRule) => core.meanFieldGrains({ couplings, dg, merge });
  const bits = (entropy: Float64Array) => Array.from(entropy, (s) => s / Math.LN2);
  const never = by('never');
  const [one, two] = never.bubbles;
  const squares = core.response(one.g.map((g, n) => Math.sqrt(g * g + two.g[n] * two.g[n]))).entropy;
  return {
    never: bits(never.entropy),
    coupling: bits(by('coupling').entropy),
    always: bits(by('always').entropy),
    squares: bits(squares),
  };
}

/** f_aval of each W and spacing. */
export function fractionRows(
  core: Core,
  strength: number,
  sites: number,
  own: readonly GrainLattice[][],
): TableRow[] {
  const radii = own.flatMap(([{ radii }]) => radii).filter((radius) => radius >= 0);
  return own[0].map(({ spacing, grains }, k) => {
    const f = (rule: MergeRule) =>
      meanOf(
        core,
        own.map((list) => Number(list[k].bits[rule] > sites / 2)),
      );
    const [never, coupling, collars, always] = (['never', 'coupling', 'collars', 'always'] as const).map(f);
    return {
      ...EMPTY,
      ...{
        kind: 'fraction',
        size: strength,
        x: spacing,
        y: grains,
        value: collars.mean,
        error: collars.error,
      },
      ...{ never: never.mean, coupling: coupling.mean, collars: collars.mean, always: always.mean },
      radius: radii.length > 0 ? meanOf(core, radii).mean : -1,
      radiusMost: Math.max(-1, ...radii),
    };
  });
}

/** Entropies of the sites of one lattice, and its grains with their collars. */
export function mapRows(core: Core, { radius, hopping, dg, map }: Grid): TableRow[] {
  return map.spacings.flatMap((spacing) => {
    const grains = grainSites(radius, spacing);
    const found = core.latticeGrains({
      radius,
      hopping,
      strength: map.strength,
      theta0: map.theta0,
      grains,
      dg,
    });
    const at = Array.from(found.site, (s) => [found.sites[2 * s], found.sites[2 * s + 1]]);
    const bubbleOf = (a: number) => found.bubbles.find((bubble) => bubble.grains.includes(a))!;
    const common = { ...EMPTY, size: spacing };
    return [
      ...at.map(([x, y], n) => ({ ...common, kind: 'map', x, y, value: found.entropy[n] / Math.LN2 })),
      ...grains.map(([x, y], a) => ({ ...common, kind: 'grain', x, y, radius: bubbleOf(a).radius ?? -1 })),
    ];
  });
}

/** One l-bit between two grains: measured, beside the three ways; and these on a grid of couplings. */
export function oneRow(core: Core, dg: number, own: readonly TwoGrains[]): TableRow {
  const { mean: g } = meanOf(
    core,
    own.map(({ bare }) => bare),
  );
  const entropy = meanOf(
    core,
    own.map(({ entropy: [s] }) => s / Math.LN2),
  );
  const all = theories(core, [[g], [g]], dg);
  const [never, coupling, always, squares] = [all.never, all.coupling, all.always, all.squares].map(
    ([s]) => s,
  );
  return {
    ...EMPTY,
    ...{ kind: 'one', size: dg, x: g, y: own.length, value: entropy.mean, error: entropy.error },
    ...{ never, coupling, always, squares },
  };
}

export function oneTheory(core: Core, curve: Float64Array, dg: number): TableRow[] {
  return Array.from(curve, (g) => {
    const all = theories(core, [[g], [g]], dg);
    const [never, coupling, always, squares] = [all.never, all.coupling, all.always, all.squares].map(
      ([s]) => s,
    );
    return { ...EMPTY, kind: 'one theory', size: dg, x: g, never, coupling, always, squares };
  });
}

/** The l-bits of one N and α: g of J₁ from the grains alone, averaged over all realizations of the same N. */
export function rowRows(
  core: Core,
  dg: number,
  n: number,
  alpha: number,
  g: number,
  own: readonly TwoGrains[],
): TableRow[] {
  const near = Array.from(drhCouplings({ g0: g, alpha, n }));
  const all = theories(core, [near, near.toReversed()], dg);
  return near.map((_, k) => {
    const s = meanOf(
      core,
      own.map(({ entropy }) => entropy[k] / Math.LN2),
    );
    return {
      ...EMPTY,
      ...{ kind: 'row', size: n, x: k + 1, y: alpha, value: s.mean, error: s.error },
      ...{ never: all.never[k], coupling: all.coupling[k], always: all.always[k], squares: all.squares[k] },
    };
  });
}
