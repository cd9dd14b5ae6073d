// The Anderson chain: n sites in a row, hopping 1 between neighbours, energies drawn evenly from −W/2 to W/2.

/** Numbers from 0 to 1, the same for every W and every visit (a multiplicative hash of the index). */
function fraction(i: number): number {
  let x = Math.imul(i + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** The dense symmetric matrix of the chain, n*n entries. */
export function andersonChain(n: number, disorder: number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    a[i * n + i] = disorder * (fraction(i) - 0.5);
    if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = 1;
  }
  return a;
}

/** How many sites the eigenvectors spread over, in the median: 1 / Σ|ψ|⁴. */
export function medianSpread(vectors: Float64Array, n: number): number {
  const spreads = Array.from({ length: n }, (_, k) => {
    let sum = 0;
    for (const x of vectors.subarray(k * n, (k + 1) * n)) sum += x ** 4;
    return 1 / sum;
  });
  return spreads.sort((a, b) => a - b)[n >> 1];
}

/** |ψ_k(i)| as a picture: one column a level, one row a site, between the colours `paper` and `ink` as [r, g, b]. */
export function heatMap(vectors: Float64Array, n: number, paper: number[], ink: number[]): ImageData {
  const image = new ImageData(n, n);
  for (let k = 0; k < n; ++k) {
    for (let i = 0; i < n; ++i) {
      const t = Math.min(1, Math.abs(vectors[k * n + i]) ** 0.7);
      const at = 4 * (i * n + k);
      for (let c = 0; c < 3; ++c) image.data[at + c] = paper[c] + t * (ink[c] - paper[c]);
      image.data[at + 3] = 255;
    }
  }
  return image;
}
