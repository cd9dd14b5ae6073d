// The fits of the response for other level statistics than the GOE, which assembly/ has in static data. They ship as a
// few Chebyshev series on wide intervals (wideFits.ts), from which the tables of assembly/meanfield/fit.ts are made when
// they are first wanted, in some 30 ms: 129 polynomials of degree 13 a function. Operations are additions,
// products and quotients, and exponentials by the core, so that the bits depend on its build alone.
import {
  ETA_B_GSE,
  ETA_B_GUE,
  ETA_B_POISSON,
  FIT_COEFFICIENTS,
  FIT_FIRST,
  FIT_INTERVALS,
  FIT_SWITCH,
  FITS_BYTES,
  FITS_CZZ_TAIL,
  FITS_ENTROPY_TAIL,
  FITS_ETA,
  FITS_ETA_B,
  FITS_ETA_PEAK,
  FITS_ETA_PEAK_SLOPE,
  FITS_ETA_TAIL,
  FITS_MIX,
  FITS_PSI,
  FITS_PSI_PEAK,
  FITS_PSI_PEAK_SLOPE,
  FITS_SLOPE,
  LOG2,
} from '../wasm/constants.js';
import { exponentials } from '../wasm/exponentials.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { GrainStatistics } from './statistics.js';
import { COSINES, EDGES, WIDE_FITS } from './wideFits.js';

type Other = Exclude<GrainStatistics, 'goe'>;

const POINTS = 20;
const WIDTH = 0.5;
const ETA_B = { gue: ETA_B_GUE, gse: ETA_B_GSE, poisson: ETA_B_POISSON } as const;

function decode(text: string): Float64Array {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
}

/** Σ c_j T_j(z), by Clenshaw's recurrence. */
function clenshaw(c: Float64Array, z: number): number {
  let a = 0;
  let b = 0;
  for (let j = c.length - 1; j > 0; --j) {
    const next = c[j] + 2 * z * a - b;
    b = a;
    a = next;
  }
  return c[0] + z * a - b;
}

/** cos(π m/40) for every whole m ≥ 0. */
function cosine(cosines: Float64Array, m: number): number {
  const turn = m % (4 * POINTS);
  const half = turn > 2 * POINTS ? 4 * POINTS - turn : turn;
  return half > POINTS ? -cosines[2 * POINTS - half] : cosines[half];
}

/** What the tables are made with: points on the axis log g, g there, and what takes values to polynomials. */
interface Grid {
  points: Float64Array;
  g: Float64Array;
  /** Row d takes the values at the points of an interval to the coefficient of T_d. */
  toSeries: Float64Array[];
  /** Row d: T_d in powers. */
  toPowers: Float64Array[];
}

function makeGrid(runtime: Runtime): Grid {
  const cosines = decode(COSINES);
  const points = Float64Array.from({ length: FIT_INTERVALS * POINTS }, (_, i) => {
    const z = cosine(cosines, 2 * (i % POINTS) + 1);
    return FIT_FIRST + WIDTH * (Math.floor(i / POINTS) + 0.5 * (1 + z));
  });
  const toSeries: Float64Array[] = [];
  const toPowers: Float64Array[] = [];
  for (let d = 0; d < FIT_COEFFICIENTS; ++d) {
    const share = (d === 0 ? 1 : 2) / POINTS;
    toSeries.push(Float64Array.from({ length: POINTS }, (_, j) => share * cosine(cosines, d * (2 * j + 1))));
    const row = new Float64Array(FIT_COEFFICIENTS);
    if (d < 2) row[d] = 1;
    else
      row.forEach((_, k) => {
        row[k] = (k > 0 ? 2 * toPowers[d - 1][k - 1] : 0) - toPowers[d - 2][k];
      });
    toPowers.push(row);
  }
  return { points, g: exponentials(runtime, points), toSeries, toPowers };
}

function product(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let j = 0; j < a.length; ++j) sum += a[j] * b[from + j];
  return sum;
}

/**
 * Values at the points of every interval → polynomials; `lanes` functions share a table, of which this is number
 * `lane`. By way of T_d, whose coefficients fall with d: straight to powers of z the rounding would be 10⁻¹².
 */
function fill(table: Float64Array, values: Float64Array, grid: Grid, lanes: number, lane: number): void {
  for (let i = 0; i < FIT_INTERVALS; ++i) {
    for (let d = 0; d < FIT_COEFFICIENTS; ++d) {
      const c = product(grid.toSeries[d], values, i * POINTS);
      for (let k = d & 1; k <= d; k += 2) {
        table[(i * FIT_COEFFICIENTS + k) * lanes + lane] += c * grid.toPowers[d][k];
      }
    }
  }
}

/** The polynomial of a table whose interval u lies in. */
function evaluate(table: Float64Array, u: number): number {
  const t = (u - FIT_FIRST) / WIDTH;
  const i = Math.min(FIT_INTERVALS - 1, Math.max(0, Math.floor(t)));
  const z = 2 * (t - i) - 1;
  let sum = 0;
  for (let k = FIT_COEFFICIENTS - 1; k >= 0; --k) sum = sum * z + table[i * FIT_COEFFICIENTS + k];
  return sum;
}

/** The quantity of wide series at every point; `order`: power of its limit above log g = −3. */
function widen(pieces: readonly string[], m: number, order: number, { points, g }: Grid) {
  const series = pieces.map(decode);
  return points.map((u, i) => {
    let p = 0;
    while (u > EDGES[p + 1]) ++p;
    const [from, to] = [EDGES[p], EDGES[p + 1]];
    const value = clenshaw(series[p], (2 * u - from - to) / (to - from));
    if (i < FIT_SWITCH * POINTS) return value * g[i];
    const limit = 1 + (g[i] * g[i]) / m;
    return value / (order === 2 ? limit * limit : limit);
  });
}

/** u where u + η(u)/2 = y at every point y, by Newton's method. */
function inverse(eta: Float64Array, slope: Float64Array, { points }: Grid): Float64Array {
  const switchAt = FIT_FIRST + WIDTH * FIT_SWITCH;
  return points.map((y) => {
    let u = y;
    for (let round = 0; round < 5; ++round) {
      const e = evaluate(eta, u);
      u -= (u + 0.5 * (u < switchAt ? e : LOG2 - e) - y) / (1 + 0.5 * evaluate(slope, u));
    }
    return u;
  });
}

function makeFits(runtime: Runtime, grain: Other): Float64Array {
  const { m, etaPeak, psiPeak, ...wide } = WIDE_FITS[grain];
  const block = new Float64Array(FITS_BYTES / 8);
  const put = (at: number, value: number) => {
    block[at / 8] = value;
  };
  put(FITS_ETA_B, ETA_B[grain]);
  put(FITS_ETA_TAIL, 0.25 * m * m);
  put(FITS_ENTROPY_TAIL, 0.5 * m);
  put(FITS_CZZ_TAIL, m);
  put(FITS_PSI_PEAK, psiPeak[0]);
  put(FITS_PSI_PEAK_SLOPE, psiPeak[1]);
  put(FITS_ETA_PEAK, etaPeak[0]);
  put(FITS_ETA_PEAK_SLOPE, etaPeak[1]);
  const grid = makeGrid(runtime);
  const table = (from: number, to: number) => block.subarray(from / 8, to / 8);
  const [eta, slope] = [table(FITS_ETA, FITS_SLOPE), table(FITS_SLOPE, FITS_MIX)];
  fill(eta, widen(wide.eta, m, 2, grid), grid, 1, 0);
  fill(slope, widen(wide.slope, m, 2, grid), grid, 1, 0);
  const mix = table(FITS_MIX, FITS_PSI);
  fill(mix, widen(wide.entropy, m, 1, grid), grid, 2, 0);
  fill(mix, widen(wide.czz, m, 1, grid), grid, 2, 1);
  const u = inverse(eta, slope, grid);
  const steepness = u.map((x) => evaluate(slope, x));
  const psi = table(FITS_PSI, FITS_BYTES);
  // At the edge between small quantities and complements ψ changes as η does, at its own argument.
  fill(psi, psiValues(eta, u, grid.points), grid, 2, 0);
  fill(
    psi,
    steepness.map((d) => d / (1 + 0.5 * d)),
    grid,
    2,
    1,
  );
  return block;
}

/** ψ = η(u) below y = −3, log 2 − η(u) above, at the points y. */
function psiValues(eta: Float64Array, u: Float64Array, points: Float64Array): Float64Array {
  const switchAt = FIT_FIRST + WIDTH * FIT_SWITCH;
  return points.map((y, i) => {
    const e = evaluate(eta, u[i]);
    const small = u[i] < switchAt;
    return y < switchAt === small ? e : LOG2 - e;
  });
}

const made = new WeakMap<Runtime, Map<Other, Float64Array>>();

/** The address of the fits, for the kernels of assembly/meanfield; 0 is the GOE. */
export function putFits(runtime: Runtime, arena: Arena, grain: GrainStatistics): number {
  if (grain === 'goe') return 0;
  const known = made.get(runtime) ?? new Map<Other, Float64Array>();
  made.set(runtime, known);
  let block = known.get(grain);
  if (!block) {
    block = makeFits(runtime, grain);
    known.set(grain, block);
  }
  return arena.put(block);
}
