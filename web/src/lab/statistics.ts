// Medians of samples, and how sure they are: the bootstrap (B. Efron, Ann. Statist. 7 (1979) 1), whose draws are the same in every run.

/** A median with an interval that covers it with the given confidence. */
interface Estimate {
  median: number;
  low: number;
  high: number;
}

/** The number below which a share q of the sorted samples lies, interpolated. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

export const median = (samples: ArrayLike<number>): number =>
  quantile(Float64Array.from(samples).sort(), 0.5);

/** Uniform deviates in [0, 1) that depend on the seed alone (xorshift, G. Marsaglia, J. Stat. Softw. 8 (2003) 14). */
export function deviates(seed: number): () => number {
  let x = seed ^ 0x9e3779b9 || 1;
  const next = () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
  for (let k = 0; k < 8; ++k) next();
  return next;
}

/** In an order drawn by `random`. */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((one) => ({ one, key: random() }))
    .sort((p, q) => p.key - q.key)
    .map(({ one }) => one);
}

/** The median, and the quantiles of the medians of samples drawn from these with replacement. */
export function estimate(samples: ArrayLike<number>, confidence = 0.95, draws = 2000): Estimate {
  const n = samples.length;
  const random = deviates(n);
  const drawn = new Float64Array(n);
  const medians = new Float64Array(draws);
  for (let k = 0; k < draws; ++k) {
    for (let i = 0; i < n; ++i) drawn[i] = samples[Math.floor(n * random())];
    medians[k] = quantile(drawn.sort(), 0.5);
  }
  medians.sort();
  return {
    median: median(samples),
    low: quantile(medians, (1 - confidence) / 2),
    high: quantile(medians, (1 + confidence) / 2),
  };
}

/** Of two that were timed in the same rounds: the median of what one took over the other, round by round. */
export function ratioOf(samples: ArrayLike<number>, others: ArrayLike<number>): Estimate {
  const rounds = Math.min(samples.length, others.length);
  return estimate(Float64Array.from({ length: rounds }, (_, k) => samples[k] / others[k]));
}
