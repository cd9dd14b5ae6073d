// The matrices that solvers are compared on, by the names of families.ts: random ones, those of LAPACK's own tests, classic hard cases, and two of physics and
// chemistry. Each depends on (order, seed) alone.
import type { Core } from 'emft';
import { driverMatrix, TYPE_COUNT, tridiagonal } from './driverMatrices.js';

interface Family {
  /** The largest order up to n for which the family has a matrix; n itself by default. */
  order?(n: number): number;
  /** Symmetric, n×n, row i in a[i n …]. */
  make(core: Core, n: number, seed: number): Float64Array;
}

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
/** Of the longest chain whose sector of ⌊L/2⌋ up spins has at most n states. */
function chainLength(n: number): number {
  let sites = 2;
  while (choose(sites + 1, (sites + 1) >> 1) <= n) ++sites;
  return sites;
}

/**
 * H = Σ S_i·S_{i+1} + Σ h_i S^z_i of an open chain of spins ½ in the sector of ⌊L/2⌋ up spins, fields uniform in [−3, 3]: sparse, its levels
 * without repulsion from about there on (D. J. Luitz, N. Laflorencie, F. Alet, Phys. Rev. B 91 (2015) 081103).
 */
function heisenberg(core: Core, n: number, seed: number): Float64Array {
  const sites = chainLength(n);
  const fields = core.uniforms({ seed, stream: sites }, sites).map((u) => 3 * (2 * u - 1));
  const states: number[] = [];
  for (let s = 0; s < 2 ** sites; ++s) {
    let up = 0;
    for (let i = 0; i < sites; ++i) up += (s >> i) & 1;
    if (up === sites >> 1) states.push(s);
  }
  const at = new Map(states.map((s, k) => [s, k]));
  const a = new Float64Array(n * n);
  states.forEach((s, k) => {
    for (let i = 0; i < sites; ++i) {
      a[k * n + k] += fields[i] * (((s >> i) & 1) - 0.5);
      if (i + 1 === sites) break;
      const differ = ((s >> i) ^ (s >> (i + 1))) & 1;
      a[k * n + k] += differ ? -0.25 : 0.25;
      if (differ) a[k * n + at.get(s ^ (3 << i))!] = 0.5;
    }
  });
  return a;
}

/** The Hückel matrix of an annulene: −1 between neighbours on a ring. All levels but one or two are twofold. */
function huckel(n: number): Float64Array {
  const a = tridiagonal(
    n,
    () => 0,
    () => -1,
  );
  if (n > 2) a[n - 1] = a[(n - 1) * n] = -1;
  return a;
}

const types: [string, Family][] = Array.from({ length: TYPE_COUNT }, (_, k) => [
  `type${k + 1}`,
  { make: (core, n, seed) => driverMatrix(core, k + 1, n, seed) },
]);

/** By the names of `TITLES`. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  goe: { make: (core, n, seed) => core.goe(n, { seed, stream: n }) },
  wilkinson: {
    make: (_, n) =>
      tridiagonal(
        n,
        (i) => Math.abs(i - (n - 1) / 2),
        () => 1,
      ),
  },
  glued: {
    make: (_, n) =>
      tridiagonal(
        n,
        (i) => Math.abs((i % 21) - 10),
        (i) => (i % 21 === 20 ? 1e-8 : 1),
      ),
  },
  clement: {
    make: (_, n) =>
      tridiagonal(
        n,
        () => 0,
        (i) => Math.sqrt((i + 1) * (n - 1 - i)),
      ),
  },
  huckel: { make: (_, n) => huckel(n) },
  heisenberg: {
    order(n) {
      const sites = chainLength(n);
      return choose(sites, sites >> 1);
    },
    make: heisenberg,
  },
  ...Object.fromEntries(types),
};
