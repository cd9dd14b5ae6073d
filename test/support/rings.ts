// A ring of sites with a flux through it, as a Hermitian matrix, and its spectrum.
/** Hops 1 around a ring of n sites with a flux of φ through it. */
export function ring(n: number, flux: number): Float64Array {
  const a = new Float64Array(2 * n * n);
  for (let i = 0; i < n; ++i) {
    const j = (i + 1) % n;
    const phase = j === 0 ? flux : 0;
    a[2 * (i * n + j)] += Math.cos(phase);
    a[2 * (i * n + j) + 1] += Math.sin(phase);
    a[2 * (j * n + i)] += Math.cos(phase);
    a[2 * (j * n + i) + 1] -= Math.sin(phase);
  }
  return a;
}

/** 2 cos((2πk + φ)/n), ascending, to a unit of rounding: angles are reduced while they are multiples of π/n. */
export function cosines(n: number, flux: number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => {
    const m = 2 * k > n ? k - n : k;
    const [turn, rest] = [(2 * Math.abs(m)) / n, ((m < 0 ? -1 : 1) * flux) / n];
    if (turn < 0.25) return 2 * Math.cos(Math.PI * turn + rest);
    if (turn > 0.75) return -2 * Math.cos(Math.PI * (1 - turn) - rest);
    return 2 * Math.sin(Math.PI * (0.5 - turn) - rest);
  }).sort();
}
