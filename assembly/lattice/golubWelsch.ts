// T = S Λ Sᵀ by implicit QL, keeping only Λ and two rows zᵀS and lᵀS: Gauss quadrature. For z = Q e₀ in the basis of
// the reduction A = Q T Qᵀ the entries of zᵀS are the components of the start vector on the eigenvectors of A, whose
// squares are the weights of its spectral measure.
// G. H. Golub, J. H. Welsch, Math. Comp. 23, 221 (1969); implicit shifts: A. Dubrulle, R. S. Martin,
// J. H. Wilkinson, Numer. Math. 12, 377 (1968).
// Range: any finite T, which is scaled by a power of two; S is orthogonal to rounding, Λ accurate to some ulp of ‖T‖.
import { end, Job, recordBytes, start } from '../job';
import { amax, scal } from '../kernel/vectors';
import { EPS } from '../numeric/constants';
import { ROTATES_FROM, ROTATION_LIFT } from '../numeric/rotation';
import { powerOfTwo, powerOfTwoNear } from '../numeric/scaling';
import { NOT_CONVERGED, OK } from '../status';
import { QL_COST } from './tuning';

/** A coupling below this share of ‖T‖ is dropped even between small diagonal elements. */
const FLOOR: f64 = 1e-30;
/** QL sweeps allowed for one eigenvalue; usually two suffice. */
const SWEEPS_PER_VALUE = 80;

/** State of a diagonalization: `position` eigenvalues are done. */
@unmanaged
class Quadrature extends Job {
  n: i32;
  /** Sweeps made for the eigenvalue at `position`. */
  sweep: i32;
  d: usize;
  e: usize;
  z: usize;
  l: usize;
  scale: f64;
}

/** Bytes of workspace of `golubWelschStart`. */
export function golubWelschWorkspace(): usize {
  return recordBytes<Quadrature>();
}

/**
 * Starts the diagonalization as a job. On entry d (n) and e (n − 1 used, n allocated) hold T, z and l (n each) two
 * row vectors; at the end d holds the eigenvalues in no order and z, l the rows times S. Every entry of zᵀS is
 * accurate to a few √n ulp of ‖z‖. d and e are scaled internally, so that T may be of any size. NOT_CONVERGED after
 * 80 sweeps for one eigenvalue.
 */
export function golubWelschStart(n: i32, d: usize, e: usize, z: usize, l: usize, work: usize): void {
  const quadrature = changetype<Quadrature>(work);
  quadrature.n = n;
  quadrature.sweep = 0;
  quadrature.d = d;
  quadrature.e = e;
  quadrature.z = z;
  quadrature.l = l;
  start(quadrature, sweepSome.index);
  const largest = n == 0 ? 0 : max(amax(n, d), amax(n - 1, e));
  if (largest == 0) {
    end(quadrature, OK);
    return;
  }
  const scale = min(2 * powerOfTwoNear(largest), powerOfTwo(1022));
  quadrature.scale = scale;
  scal(n, 1 / scale, d);
  scal(n - 1, 1 / scale, e);
  store<f64>(e + ((<usize>(n - 1)) << 3), 0);
}

function sweepSome(work: usize, budget: f64): void {
  const quadrature = changetype<Quadrature>(work);
  const n = quadrature.n;
  const d = quadrature.d;
  const e = quadrature.e;
  let first = quadrature.position;
  // Makes at least one sweep, whatever the budget.
  for (let spent: f64 = 0; first < n && spent <= budget; ) {
    const last = blockEnd(n, first, d, e);
    if (last == first) {
      ++first;
      quadrature.sweep = 0;
      continue;
    }
    if (quadrature.sweep == SWEEPS_PER_VALUE) {
      finishQuadrature(quadrature, NOT_CONVERGED);
      return;
    }
    qlSweep(first, last, d, e, quadrature.z, quadrature.l);
    ++quadrature.sweep;
    spent += QL_COST * <f64>(last - first);
  }
  quadrature.position = first;
  const left = <f64>(n - first) / <f64>n;
  quadrature.progress = 1 - left * left;
  if (first == n) finishQuadrature(quadrature, OK);
}

function finishQuadrature(quadrature: Quadrature, status: i32): void {
  scal(quadrature.n, quadrature.scale, quadrature.d);
  end(quadrature, status);
}

/** The first index m ≥ first whose coupling to m + 1 is negligible. */
function blockEnd(n: i32, first: i32, d: usize, e: usize): i32 {
  let m = first;
  let here = abs(load<f64>(d + ((<usize>m) << 3)));
  while (m < n - 1) {
    const next = abs(load<f64>(d + ((<usize>(m + 1)) << 3)));
    const coupling = abs(load<f64>(e + ((<usize>m) << 3)));
    if (coupling <= EPS * (here + next) || coupling <= FLOOR) break;
    here = next;
    ++m;
  }
  return m;
}

/** One implicit QL sweep with Wilkinson's shift over the block first … last. */
function qlSweep(first: i32, last: i32, d: usize, e: usize, z: usize, l: usize): void {
  const top = (<usize>first) << 3;
  const e0 = load<f64>(e + top);
  const d0 = load<f64>(d + top);
  let g = (load<f64>(d + top, 8) - d0) / (2 * e0);
  let r = sqrt(g * g + 1);
  g = load<f64>(d + ((<usize>last) << 3)) - d0 + e0 / (g + (g >= 0 ? r : -r));
  let s: f64 = 1;
  let c: f64 = 1;
  let p: f64 = 0;
  for (let i = last - 1; i >= first; --i) {
    const at = (<usize>i) << 3;
    const ei = load<f64>(e + at);
    let f = s * ei;
    const b = c * ei;
    r = sqrt(f * f + g * g);
    store<f64>(e + at, r, 8);
    if (r < ROTATES_FROM) {
      // Elements whose squares lose digits are scaled up before they make a rotation.
      f *= ROTATION_LIFT;
      g *= ROTATION_LIFT;
      r = sqrt(f * f + g * g);
      store<f64>(e + at, r / ROTATION_LIFT, 8);
    }
    if (r == 0) {
      store<f64>(d + at, load<f64>(d + at, 8) - p, 8);
      store<f64>(e + ((<usize>last) << 3), 0);
      return;
    }
    const inverse = 1 / r;
    s = f * inverse;
    c = g * inverse;
    g = load<f64>(d + at, 8) - p;
    r = (load<f64>(d + at) - g) * s + 2 * c * b;
    p = s * r;
    store<f64>(d + at, g + p, 8);
    g = c * r - b;
    rotateRow(z + at, c, s);
    rotateRow(l + at, c, s);
  }
  store<f64>(d + top, load<f64>(d + top) - p);
  store<f64>(e + top, g);
  store<f64>(e + ((<usize>last) << 3), 0);
}

@inline
function rotateRow(x: usize, c: f64, s: f64): void {
  const low = load<f64>(x);
  const high = load<f64>(x, 8);
  store<f64>(x, s * low + c * high, 8);
  store<f64>(x, c * low - s * high);
}
