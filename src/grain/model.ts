// An explicit central-grain model ([CC22] (1), (2)), checked, and its copy in WebAssembly memory.

import { checkInteger, checkNumber, readList, readOptions, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import type { Arena, Runtime } from '../wasm/runtime.js';

/** Numbers in a typed array or a plain one. */
export type Numbers = Float64Array | readonly number[];

/**
 * H = H_g + Σ h_n σ_n^z + Σ J_n (σ_g^x σ_n^x + σ_g^y σ_n^y), Pauli matrices. Basis index = a 2^N + Σ b_n 2^n,
 * n = 0 … N−1, b_n = 0 is up (σ^z = +1); bit 0 of the grain state a is the grain spin that couples.
 */
export interface GrainModel {
  /** H_g: d_g rows of d_g numbers, or d_g² numbers; symmetric. d_g is a power of two ≥ 2. */
  grain: Numbers | readonly Numbers[];
  /** h_n of the N l-bits, N ≥ 0. */
  fields: Numbers;
  /** J_n; the flip-flop matrix element is 2 J_n. */
  couplings: Numbers;
}

/** The model after checks; `grain` flat and exactly symmetric. */
export interface CheckedModel {
  dg: number;
  bits: number;
  /** d_g 2^N. */
  dimension: number;
  grain: Float64Array;
  fields: Float64Array;
  couplings: Float64Array;
}

/** Most l-bits: past this a single vector outgrows memory. */
const MAX_BITS = 24;
/** Bound of |H| that leaves room for squares of differences of scaled energies. */
const LARGEST = 1e300;
/** Largest grain that is drawn: the next would be 8 GiB. */
const MOST_DRAWN = 2 ** 14;
/** Elements of a drawn grain, times its dimension, stay below LARGEST. */
const MOST_SCALE = 1e296;
/** Largest relative difference of H_g[i][j] and H_g[j][i] taken as rounding. */
const ASYMMETRY = 1e-12;

function numbers(name: string, value: unknown): Float64Array {
  const list = readList(name, value);
  if (!list) throw new InputError(name, `expected an array of numbers, got ${show(value)}`);
  return Float64Array.from(list, (x, i) => {
    if (typeof x !== 'number' || !Number.isFinite(x)) {
      throw new InputError(name, `element ${i} is ${show(x)}, expected a finite number`);
    }
    return x;
  });
}

function squareMatrix(value: unknown): { dg: number; grain: Float64Array } {
  const list = readList('grain', value);
  if (list && list.length > 0 && typeof list[0] === 'object') {
    const rows = list.map((row, i) => numbers(`grain[${i}]`, row));
    const dg = rows.length;
    rows.forEach((row, i) => {
      if (row.length !== dg)
        throw new InputError(
          `grain[${i}]`,
          `expected ${dg} elements, as many as there are rows, got ${row.length}`,
        );
    });
    const grain = new Float64Array(dg * dg);
    rows.forEach((row, i) => void grain.set(row, i * dg));
    return { dg, grain };
  }
  const grain = numbers('grain', list ?? value);
  const dg = Math.round(Math.sqrt(grain.length));
  if (dg * dg !== grain.length) throw new InputError('grain', `expected d_g² elements, got ${grain.length}`);
  return { dg, grain };
}

function checkGrainDimension(name: string, value: unknown, max: number): number {
  const dg = checkInteger(name, value, { min: 2, max });
  if ((dg & (dg - 1)) !== 0) {
    throw new InputError(name, `expected a power of two ≥ 2, got ${dg}`);
  }
  return dg;
}

export function checkModel(model: GrainModel): CheckedModel {
  const { dg, grain } = squareMatrix(model.grain);
  checkGrainDimension('grain dimension', dg, 2 ** 15);
  let largest = 0;
  for (const x of grain) largest = Math.max(largest, Math.abs(x));
  for (let i = 0; i < dg; ++i) {
    for (let j = 0; j < i; ++j) {
      const [x, y] = [grain[i * dg + j], grain[j * dg + i]];
      if (Math.abs(x - y) > ASYMMETRY * largest) {
        throw new InputError('grain', `not symmetric: [${i}][${j}] is ${x}, [${j}][${i}] is ${y}`);
      }
      // Halves of odd subnormal numbers round: what is symmetric stays as it is.
      if (x !== y) grain[i * dg + j] = grain[j * dg + i] = 0.5 * x + 0.5 * y;
    }
  }
  const fields = numbers('fields', model.fields);
  const couplings = numbers('couplings', model.couplings);
  if (couplings.length !== fields.length) {
    throw new InputError(
      'couplings',
      `expected ${fields.length} elements, one for each of 'fields', got ${couplings.length}`,
    );
  }
  const bits = fields.length;
  let bound = dg * largest;
  for (let n = 0; n < bits; ++n) bound += Math.abs(fields[n]) + 2 * Math.abs(couplings[n]);
  if (!(bound < LARGEST)) {
    throw new InputError('options', `elements of H reach ${bound}, expected less than ${LARGEST}`);
  }
  if (bits > MAX_BITS) throw new InputError('fields', `expected at most ${MAX_BITS} l-bits, got ${bits}`);
  return { dg, bits, dimension: dg * 2 ** bits, grain, fields, couplings };
}

/** Addresses of a model scale·(H − shift). */
export interface PlacedModel {
  grain: number;
  diag: number;
  flip: number;
}

export function placeModel(
  runtime: Runtime,
  arena: Arena,
  { bits, grain, fields, couplings }: CheckedModel,
  scale = 1,
  shift = 0,
): PlacedModel {
  const at = {
    grain: arena.put(grain.map((x) => scale * x)),
    flip: arena.put(couplings.map((j) => 2 * scale * j)),
    diag: arena.f64(2 ** bits),
  };
  const h = arena.put(fields);
  runtime.wasm.grainDiagonal(bits, h, scale, -scale * shift, at.diag);
  return at;
}

/** A drawn model, as `diagonalizeGrain` takes it. */
export interface RandomGrainModel {
  /** H_g: d_g² numbers, exactly symmetric. */
  grain: Float64Array;
  /** h_n of the N l-bits. */
  fields: Float64Array;
  /** J_n. */
  couplings: Float64Array;
}

/** Parameters of a random model. */
export interface RandomGrainOptions {
  /** α ≥ 0 of J_n = J_1 α^{n−1}. */
  alpha: number;
  /** Number of l-bits N, 0 … 24. */
  n: number;
  /** Any safe integer. */
  seed: number;
  /** Realization, 0 by default. */
  sample?: number;
  /** d_g, a power of two from 2 to 2¹⁴; 8 by default. */
  grainDimension?: number;
  /** Mean field; 1 by default. */
  h?: number;
  /** h_n is uniform on [h − deltaH, h + deltaH]; 0.1 by default. */
  deltaH?: number;
  /** J_1; 0.41 by default. */
  j1?: number;
  /** √(E tr H_g²/d_g), 0 … 1e296; 1.5 by default. */
  grainScale?: number;
}

/** Streams of the random numbers of one realization. */
const Stream = { grain: 1, fields: 2 } as const;

interface Random {
  goe(n: number, options: { seed: number; stream: number; index: number; scale: number }): Float64Array;
  uniforms(key: { seed: number; stream: number; index: number }, count: number): Float64Array;
}

export function randomGrainModel(random: Random, options: RandomGrainOptions): RandomGrainModel {
  if (options === undefined) throw new InputError('options', 'expected an object with alpha, n and seed');
  const given = readOptions<RandomGrainOptions>('options', options, [
    'alpha',
    'n',
    'seed',
    'sample',
    'grainDimension',
    'h',
    'deltaH',
    'j1',
    'grainScale',
  ]);
  const alpha = checkNumber('options.alpha', given.alpha, { min: 0 });
  const n = checkInteger('options.n', given.n, { min: 0, max: MAX_BITS });
  const seed = checkInteger('options.seed', given.seed);
  const index = checkInteger('options.sample', given.sample ?? 0, { min: 0 });
  const dg = checkGrainDimension('options.grainDimension', given.grainDimension ?? 8, MOST_DRAWN);
  const h = checkNumber('options.h', given.h ?? 1);
  const deltaH = checkNumber('options.deltaH', given.deltaH ?? 0.1, { min: 0 });
  const j1 = checkNumber('options.j1', given.j1 ?? 0.41);
  const scale = checkNumber('options.grainScale', given.grainScale ?? 1.5, { min: 0, max: MOST_SCALE });
  const grain = random.goe(dg, { seed, stream: Stream.grain, index, scale });
  const fields = random
    .uniforms({ seed, stream: Stream.fields, index }, n)
    .map((u) => h + deltaH * (2 * u - 1));
  const couplings = new Float64Array(n);
  for (let k = 0, j = j1; k < n; ++k, j *= alpha) couplings[k] = j;
  // The first and the last are the largest.
  if (n > 0 && !(Math.abs(couplings[n - 1]) < LARGEST && Math.abs(j1) < LARGEST)) {
    throw new InputError(
      'options.alpha',
      `J_${n} = j1 α^${n - 1} is ${couplings[n - 1]} for alpha ${alpha}, j1 ${j1}: expected less than ${LARGEST}`,
    );
  }
  if (!(Math.abs(h) + deltaH < LARGEST)) {
    throw new InputError(
      'options.h',
      `|h| + deltaH is ${Math.abs(h) + deltaH}, expected less than ${LARGEST}`,
    );
  }
  return { grain, fields, couplings };
}
