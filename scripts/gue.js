/**
 * A matrix of the GUE of order n as `eighComplex` takes it, |A_ij|² of average 1: its levels fill a semicircle of radius 2√n.
 * `key`: seed, stream and index of the normal numbers that it is made of.
 */
export function gue(core, n, key) {
  const z = core.normals(key, 2 * n * n);
  const a = new Float64Array(2 * n * n);
  for (let i = 0; i < n; ++i) {
    a[2 * (i * n + i)] = z[2 * (i * n + i)];
    for (let j = 0; j < i; ++j) {
      const [k, mirror] = [2 * (i * n + j), 2 * (j * n + i)];
      a[k] = a[mirror] = z[k] * Math.SQRT1_2;
      a[k + 1] = z[k + 1] * Math.SQRT1_2;
      a[mirror + 1] = -a[k + 1];
    }
  }
  return a;
}
