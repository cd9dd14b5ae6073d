// The methods this room adds to a core; src/index.ts joins the rooms.
import { checkInteger, checkNumber, type Name, readOptions, within } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';
import { goe, goeOfScale, type KeyWords, keyWords, normals, uniforms } from './draw.js';

/** The key of a sequence of random numbers: equal keys give equal bits everywhere. */
export interface RandomKey {
  /** Any safe integer. */
  seed: number;
  /** Separates uses within one sample: 0 … 2³² − 1; 0 by default. */
  stream?: number;
  /** The sample or realization: 0 … 2⁵³ − 1; 0 by default. */
  index?: number;
}

/** The key and the scale of a random matrix. */
export interface GoeOptions extends RandomKey {
  /** √(E tr H² / n), the root-mean-square eigenvalue, 0 … 2¹⁰²⁰; 1 by default. */
  scale?: number;
  /** Variance of an off-diagonal entry, ≥ 0, in place of scale²/(n + 1); the diagonal has twice that. */
  variance?: number;
}

/** Largest `scale`: deviates are below 8.7, so that entries are finite. */
const MOST_SCALE = 2 ** 1020;

const KEY = ['seed', 'stream', 'index'] as const;
function checkKey(name: Name, { seed, stream = 0, index = 0 }: RandomKey): KeyWords {
  checkInteger(within(name, 'seed'), seed);
  checkInteger(within(name, 'stream'), stream, { min: 0, max: 2 ** 32 - 1 });
  checkInteger(within(name, 'index'), index, { min: 0 });
  return keyWords(seed, stream, index);
}

function checkSequence(key: RandomKey, count: number): KeyWords {
  if (key === undefined) throw new InputError('key', 'expected an object with a seed');
  const words = checkKey('key', readOptions<RandomKey>('key', key, KEY));
  checkInteger('count', count, { min: 0, max: 2 ** 29 - 1 });
  return words;
}

export default function randomApi(runtime: Runtime) {
  return {
    /**
     * `count` independent deviates uniform on (0, 1), multiples of 2⁻⁵³ (and 2⁻⁵⁴), from Philox 4x32-10 keyed by
     * (seed, stream, index). A longer sequence begins with the shorter one.
     *
     * @param count - 0 … 2²⁹ − 1.
     * @returns `count` deviates.
     * @throws InputError for a key or a count out of range.
     */
    uniforms: (key: RandomKey, count: number): Float64Array =>
      uniforms(runtime, checkSequence(key, count), count),

    /**
     * `count` independent standard normal deviates (Box–Muller), keyed like `uniforms`.
     *
     * @param count - 0 … 2²⁹ − 1.
     * @returns `count` deviates.
     * @throws InputError for a key or a count out of range.
     */
    normals: (key: RandomKey, count: number): Float64Array =>
      normals(runtime, checkSequence(key, count), count),

    /**
     * A matrix of the Gaussian orthogonal ensemble, n×n column-major, exactly symmetric: off-diagonal entries of
     * variance v = scale²/(n + 1), diagonal 2v, so that E tr H²/n = scale².
     *
     * @param n - Order, 1 … 23 169.
     * @returns n*n entries.
     * @throws InputError for an n or an option out of range, and for both `scale` and `variance`.
     */
    goe(n: number, options: GoeOptions): Float64Array {
      if (options === undefined) throw new InputError('options', 'expected an object with a seed');
      const given = readOptions<GoeOptions>('options', options, [...KEY, 'scale', 'variance']);
      checkInteger('n', n, { min: 1, max: 23169 });
      const words = checkKey('options', given);
      const scale = checkNumber(['options', 'scale'], given.scale ?? 1, { min: 0, max: MOST_SCALE });
      if (given.variance !== undefined && given.scale !== undefined) {
        throw new InputError(['options', 'variance'], 'give either scale or variance, not both');
      }
      if (given.variance === undefined) return goeOfScale(runtime, words, n, scale);
      return goe(runtime, words, n, checkNumber(['options', 'variance'], given.variance, { min: 0 }));
    },
  };
}
