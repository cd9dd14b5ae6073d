// The random numbers of the torture: a generator of its own (sfc32, C. Doty-Humphrey, PractRand), so that nothing under
// test decides what is tested. The same seeds give the same numbers on every machine.
import { fromBits } from './doubles.js';

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** Whole numbers; each of them, and their order, matters. */
  constructor(...seeds: number[]) {
    let hash = 0x9e3779b9;
    const mixed = () => {
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      hash ^= hash >>> 16;
      return hash;
    };
    for (const seed of seeds) {
      hash ^= seed | 0;
      mixed();
      hash ^= Math.floor(seed / 2 ** 32) | 0;
      mixed();
      hash = (hash + 0x6d2b79f5) | 0;
    }
    [this.#a, this.#b, this.#c] = [mixed(), mixed(), mixed()];
    for (let i = 0; i < 12; ++i) this.word();
  }

  /** 32 random bits, unsigned. */
  word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    return ((this.word() >>> 5) * 2 ** 26 + (this.word() >>> 6)) / 2 ** 53;
  }

  /** Uniform in [−1, 1). */
  signed(): number {
    return 2 * this.uniform() - 1;
  }

  /** Normal, mean 0, variance 1. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A whole number, low ≤ k ≤ high. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.integer(0, list.length - 1)];
  }

  /** 0 … n − 1 in random order. */
  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; --i) {
      const j = this.integer(0, i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  /** ± any 52 bits · 2^exponent; −1074 … 1023, subnormal below −1022. */
  withExponent(exponent: number): number {
    const sign = this.chance(0.5) ? -1 : 1;
    if (exponent < -1022) {
      const bits = exponent + 1074;
      return sign * Math.floor(2 ** bits * (1 + this.uniform())) * 2 ** -1074;
    }
    return sign * fromBits(((exponent + 1023) << 20) | (this.word() >>> 12), this.word());
  }
}
