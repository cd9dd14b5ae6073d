// Figs. 5(c) and 5(d): η_tot of one quasiperiodic lattice against its phase offset θ₀, on a grid that is refined where
// η_tot varies fast, because avalanches start and end at sharp values of θ₀.

import * as v from 'valibot';
import { TURN } from '../common/constants.js';
import type { Spaced, SpacingsTask, Verdict, VerdictsTask } from '../sweeps/tasks/lattice.js';
import { show } from './claim.js';
import { columnsOf, rowsOfKind } from './columns.js';
import { besidesSweep, count, example, finite, onlyValueOf, valuesOf } from './example.js';
import type { Columns, Data, FigureContext } from './figure.js';
import { atHopping, hoppingOf, hoppings, PRINTED_HOPPING } from './hoppings.js';
import { runAll } from './runAll.js';
import { SCANNED } from './tuning.js';

/** Stands in the table where no radius satisfies (20), because the avalanche runs, and in rows of the scan, which have none. */
export const ABSENT = -1;

interface Scan {
  radius: number;
  theta0: number[];
  etaTotBits: number[];
  avalanche: number[];
  certain: number[];
}

/** How often intervals are halved, and the jump of η_tot/log 2 above which they are. */
const refinement = v.strictObject({ levels: count, jump: finite });
type Refinement = v.InferOutput<typeof refinement>;

/** Grain dimension of (20), its "≪", the values of W, and how many offsets each has. */
const spacing = v.strictObject({
  dg: count,
  ratio: finite,
  from: finite,
  to: finite,
  points: count,
  offsets: count,
});
export type Spacing = v.InferOutput<typeof spacing>;

const besides = v.strictObject({ refinement, spacing: v.optional(spacing) });

/** Offsets that a worker takes at a time: it bounds how long the last worker is busy alone. */
const SHARE = 16;

/** Solves at θ₀ on a grid over one turn, and halves intervals while η_tot/log 2 jumps by more than `jump` across them. */
export async function scan(
  context: FigureContext,
  model: { radius: number; strength: number; hopping: number },
  grid: { points: number } & Refinement,
): Promise<Scan> {
  const solve = async (theta0: number[], from: number, to: number): Promise<Verdict[]> => {
    const tasks = [];
    for (let at = 0; at < theta0.length; at += SHARE) {
      const params: VerdictsTask = { model, theta0: theta0.slice(at, at + SHARE) };
      tasks.push({ kind: 'verdicts', params, seed: 0, index: at });
    }
    const progress = (f: number) => context.progress(from + (to - from) * f);
    return (await runAll<Verdict[]>({ ...context, progress }, tasks)).flat();
  };
  const whole = Array.from({ length: grid.points }, (_, i) => (TURN * i) / grid.points);
  let rows = await solve(whole, 0, 0.6);
  for (let level = 0; level < grid.levels; ++level) {
    const between: number[] = [];
    // The scan goes once around: its last offset is its first, and is not solved twice.
    for (let i = 0; i + 1 < rows.length; ++i) {
      const [left, right] = [rows[i], rows[i + 1]];
      if (Math.abs(right.bits - left.bits) > grid.jump) between.push((left.theta0 + right.theta0) / 2);
    }
    const ends = [level, level + 1].map((k) => 0.6 + (0.4 * k) / grid.levels);
    const added = await solve(between, ends[0], ends[1]);
    rows = [...rows, ...added].sort((a, b) => a.theta0 - b.theta0);
  }
  return {
    radius: model.radius,
    theta0: rows.map((r) => r.theta0),
    etaTotBits: rows.map((r) => r.bits),
    avalanche: rows.map((r) => r.avalanche),
    certain: rows.map((r) => r.certain),
  };
}

/** Share of the turn that avalanches: each point stands for half of both intervals beside it. Exactly 1 where all do. */
export function avalancheShare({ theta0, avalanche }: Pick<Scan, 'theta0' | 'avalanche'>): number {
  const n = theta0.length;
  if (avalanche.every(Boolean)) return 1;
  let share = 0;
  for (let i = 0; i < n; ++i) {
    const left = i > 0 ? theta0[i - 1] : theta0[n - 1] - TURN;
    const right = i + 1 < n ? theta0[i + 1] : theta0[0] + TURN;
    if (avalanche[i]) share += (right - left) / 2;
  }
  return share / TURN;
}

interface Row {
  kind: string;
  radius: number;
  strength: number;
  theta0: number;
  etaTotBits: number;
  avalanche: number;
  certain: number;
  spacing: number;
}

export interface ScanFindings {
  /** One for each radius, ascending. */
  scans: Scan[];
  strength: number;
  hopping: number;
}

/** The radius that grains must keep from each other, (20), against W. */
async function spacingRows(
  context: FigureContext,
  { radius, hopping }: { radius: number; hopping: number },
  { from, to, points, offsets, dg, ratio }: Spacing,
): Promise<Row[]> {
  const theta0 = Array.from({ length: offsets }, (_, i) => (TURN * i) / offsets);
  const strengths = Array.from(
    { length: points },
    (_, k) => from * Math.sqrt(to / from) ** ((2 * k) / (points - 1)),
  );
  const found = await runAll<Spaced[]>(
    { ...context, progress: (f) => context.progress(SCANNED + (1 - SCANNED) * f) },
    strengths.map((strength, index) => {
      const params: SpacingsTask = { model: { radius, strength, hopping }, theta0, dg, ratio };
      return { kind: 'spacings', params, seed: 0, index };
    }),
  );
  return found.flatMap((own, k) =>
    own.map(
      ({ bits, spacing, ...rest }): Row => ({
        kind: 'spacing',
        radius,
        strength: strengths[k],
        etaTotBits: bits,
        spacing: spacing ?? ABSENT,
        ...rest,
      }),
    ),
  );
}

/** The scan of one radius, from the table. */
function scanOf(columns: Columns, radius: number): Scan {
  const names = ['radius', 'theta0', 'etaTotBits', 'avalanche', 'certain'] as const;
  const rows = rowsOfKind(columns, 'scan', names).filter((row) => row.radius === radius);
  return {
    radius,
    theta0: rows.map((r) => r.theta0),
    etaTotBits: rows.map((r) => r.etaTotBits),
    avalanche: rows.map((r) => r.avalanche),
    certain: rows.map((r) => r.certain),
  };
}

export function scanData(id: '5c' | '5d'): Data<ScanFindings> {
  const besidesOf = besidesSweep(id, besides);
  return {
    title: `Fig. ${id[0]}(${id[1]}) Total enhancement against the phase offset, $W = ${onlyValueOf(example(id), 'strength')}$`,
    readings: hoppings,
    async compute(context, reading) {
      const { profile } = context;
      const sweep = atHopping(example(id, profile), hoppingOf(reading));
      const [strength, hopping] = [onlyValueOf(sweep, 'strength'), onlyValueOf(sweep, 'hopping')];
      const radii = valuesOf(sweep, 'radius');
      // The scan goes once around: the last offset of the sweep is the first.
      const { refinement, spacing } = besidesOf(profile);
      const grid = { points: valuesOf(sweep, 'theta0').length - 1, ...refinement };
      const scans: Scan[] = [];
      for (const [k, radius] of radii.entries()) {
        const model = { radius, strength, hopping };
        const progress = (f: number) => context.progress((SCANNED * (k + f)) / radii.length);
        scans.push(await scan({ ...context, progress }, model, grid));
      }
      const rows = scans.flatMap((found) =>
        found.theta0.map(
          (theta0, i): Row => ({
            kind: 'scan',
            radius: found.radius,
            strength,
            theta0,
            etaTotBits: found.etaTotBits[i],
            avalanche: found.avalanche[i],
            certain: found.certain[i],
            spacing: ABSENT,
          }),
        ),
      );
      // With the numbers as printed most lattices of that panel avalanche, so that there is no spacing.
      const grainSpacing = hopping === PRINTED_HOPPING ? undefined : spacing;
      if (grainSpacing) {
        rows.push(...(await spacingRows(context, { radius: radii.at(-1)!, hopping }, grainSpacing)));
      }
      return {
        parameters: {
          profile,
          radii,
          strength,
          hopping,
          g0: 1,
          ...(grainSpacing && { grainSpacing }),
        },
        columns: columnsOf(rows, ['radius', 'avalanche', 'certain', 'spacing']),
        measured: Object.fromEntries(
          scans.flatMap((s) => [
            [`avalancheShareAtRadius${s.radius}`, avalancheShare(s)],
            [`pointsAtRadius${s.radius}`, s.theta0.length],
          ]),
        ),
      };
    },
    findings: ({ parameters, columns }) => ({
      scans: (parameters.radii as number[]).map((radius) => scanOf(columns, radius)),
      strength: parameters.strength as number,
      hopping: parameters.hopping as number,
    }),
  };
}

/** Largest η_tot/log 2 among the failed avalanches of a scan; NaN where none failed. */
export function largestFailed({ etaTotBits, avalanche }: Scan): number {
  return etaTotBits.reduce(
    (best, x, i) => (avalanche[i] ? best : Number.isNaN(best) ? x : Math.max(best, x)),
    Number.NaN,
  );
}

export const shareText = (s: Scan) => show(avalancheShare(s), 3);
