// ‖A Z − Z D‖₁ / (‖A‖₁ n ulp) and ‖I − Zᵀ Z‖₁ / (n ulp), ulp = 2⁻⁵²: how LAPACK's tests measure a decomposition (ddrvst),
// here for all eigenpairs or some, as a job. Two products of matrices make the time: of the second, which is
// symmetric, half is formed.
// Range: all of it. A is scaled by a power of two where products could over- or underflow; what the rounding of
// eigenvalues to multiples of 2⁻¹⁰⁷⁴ makes of the residual is no fault of theirs and is left out.

import { end, enter, Job, portion, recordBytes, start } from '../job';
import { gemm, gemmWorkspace } from '../kernel/gemm/gemm';
import { operands } from '../kernel/gemm/operands';
import { QUANTUM, ULP } from '../numeric/constants';
import { powerOfTwoNear } from '../numeric/scaling';
import { OK } from '../status';
import { mirrorColumns, mirrorCost } from './mirror';
import { largest, scaleColumns } from './symmetricScaling';

/** Columns of a block of products. */
const WIDTH: i32 = 128;

/** A check between two of its steps. */
@unmanaged
export class Check extends Job {
  /** Results: the two ratios. */
  residual: f64;
  orthogonality: f64;
  /** The largest |a_ij| so far, the power of two by which A is multiplied, and ‖A‖₁ of the multiple. */
  size: f64;
  scale: f64;
  norm: f64;
  n: i32;
  count: i32;
  a: usize;
  d: usize;
  z: usize;
  upper: i32;
  /** The sums of columns of |I − Zᵀ Z|, a block of products, workspace of gemm. */
  sums: usize;
  block: usize;
  scratch: usize;
}

@inline
function rowBytes(n: i32): usize {
  return (<usize>n + 8) << 3;
}

/** Bytes of workspace of a check of `count` eigenpairs of order n; `products`: with A. */
export function accuracyWorkspace(n: i32, count: i32, products: bool): usize {
  const width = min(WIDTH, count);
  const rows = products ? n : count;
  return (
    recordBytes<Check>() + rowBytes(count) + <usize>width * rowBytes(rows) + gemmWorkspace(rows, width, n)
  );
}

/**
 * Starts the check. A is n×n column-major, contiguous; with `upper` its upper triangle is read, else its lower;
 * destroyed. d holds `count` eigenvalues, z (n×count, contiguous) their vectors. The two
 * ratios are in the record. With a = 0 only the second is formed, and the first is 0.
 */
export function accuracyStart(
  n: i32,
  count: i32,
  a: usize,
  upper: bool,
  d: usize,
  z: usize,
  work: usize,
): void {
  const x = changetype<Check>(work);
  x.residual = 0;
  x.orthogonality = 0;
  x.size = 0;
  x.scale = 1;
  x.norm = 0;
  x.n = n;
  x.count = count;
  x.a = a;
  x.d = d;
  x.z = z;
  x.upper = upper;
  x.sums = work + recordBytes<Check>();
  x.block = x.sums + rowBytes(count);
  x.scratch = x.block + <usize>min(WIDTH, count) * rowBytes(a != 0 ? n : count);
  memory.fill(x.sums, 0, rowBytes(count));
  start(x, a == 0 ? multiplySome.index : mirrorSome.index);
  if (count == 0) end(x, OK);
}

/** How far the columns go that fit into the budget. */
function columns(x: Check, budget: f64, cost: f64): i32 {
  return x.position + portion(budget, cost, 32, x.n - x.position);
}

/** The other triangle. */
function mirrorSome(work: usize, budget: f64): void {
  const x = changetype<Check>(work);
  const to = columns(x, budget, mirrorCost(x.n));
  mirrorColumns(x.n, x.position, to, x.a, x.upper != 0);
  x.position = to;
  if (to == x.n) enter(x, measureSome.index);
}

/** The largest entry. */
function measureSome(work: usize, budget: f64): void {
  const x = changetype<Check>(work);
  const to = columns(x, budget, <f64>x.n);
  x.size = max(x.size, largest(x.n, x.position, to, x.a));
  x.position = to;
  if (to < x.n) return;
  const moderate = x.size == 0 || (x.size > 1e-100 && x.size < 1e100);
  if (!moderate) x.scale = powerOfTwoNear(1 / x.size);
  enter(x, moderate ? normSome.index : scaleSome.index);
}

function scaleSome(work: usize, budget: f64): void {
  const x = changetype<Check>(work);
  const to = columns(x, budget, <f64>x.n);
  scaleColumns(x.n, x.position, to, x.a, x.scale, true);
  x.position = to;
  if (to == x.n) enter(x, normSome.index);
}

/** ‖A‖₁. */
function normSome(work: usize, budget: f64): void {
  const x = changetype<Check>(work);
  const to = columns(x, budget, <f64>x.n);
  for (let j = x.position; j < to; ++j)
    x.norm = max(x.norm, absoluteSum(x.n, x.a + ((<usize>j * <usize>x.n) << 3)));
  x.position = to;
  if (to == x.n) enter(x, multiplySome.index);
}

/** The products. */
function multiplySome(work: usize, budget: f64): void {
  const x = changetype<Check>(work);
  const from = x.position;
  const cost = 0.1 * <f64>x.n * <f64>((x.a != 0 ? 2 * x.n : 0) + from + WIDTH);
  const to = from + portion(budget, cost, 4, x.count - from);
  for (let k = from; k < to; k += WIDTH) products(x, k, min(to, k + WIDTH));
  x.position = to;
  x.progress = <f64>to / <f64>x.count;
  if (to == x.count) formRatios(x);
}

/** Columns from ≤ k < to of A Z − Z D, and of I − Zᵀ Z as far down as its diagonal, for the rows and for the columns. */
function products(x: Check, from: i32, to: i32): void {
  const n = x.n;
  const width = to - from;
  const column = (<usize>n) << 3;
  const sums = x.sums;
  const y = x.block;
  const scratch = x.scratch;
  const z = x.z + <usize>from * column;
  if (x.a != 0) {
    gemm(n, width, n, 1, operands(x.a, 1, n, z, 1, n, scratch), 0, y, n);
    x.residual = max(x.residual, largestResidual(n, width, y, z, x.d + ((<usize>from) << 3), x.scale));
  }
  gemm(to, width, n, 1, operands(x.z, n, 1, z, 1, n, scratch), 0, y, to);
  for (let k = from; k < to; ++k) {
    const own = sums + ((<usize>k) << 3);
    const dots = y + ((<usize>(k - from) * <usize>to) << 3);
    let sum = load<f64>(own);
    for (let i = 0; i <= k; ++i) {
      const size = abs(load<f64>(dots + ((<usize>i) << 3)) - (i == k ? 1.0 : 0.0));
      sum += size;
      if (i == k) continue;
      const other = sums + ((<usize>i) << 3);
      store<f64>(other, load<f64>(other) + size);
    }
    store<f64>(own, sum);
  }
}

/**
 * The largest ‖y_k − d_k z_k‖₁ of `count` columns of n doubles, where y = A z of an A that is `scale` times what the d_k
 * are eigenvalues of; less what half a multiple of 2⁻¹⁰⁷⁴ of d_k amounts to.
 */
export function largestResidual(n: i32, count: i32, y: usize, z: usize, d: usize, scale: f64): f64 {
  const half = 0.5 * (QUANTUM * scale);
  let most = 0.0;
  for (let k = 0; k < count; ++k) {
    const value = load<f64>(d + ((<usize>k) << 3)) * scale;
    let sum = 0.0;
    let size = 0.0;
    for (let i = 0; i < n; ++i) {
      const v = load<f64>(z);
      sum += abs(load<f64>(y) - value * v);
      size += abs(v);
      y += 8;
      z += 8;
    }
    most = max(most, sum - half * size);
  }
  return most;
}

/** The sums are those of all columns only now. */
function formRatios(x: Check): void {
  const sums = x.sums;
  let most = 0.0;
  for (let k = 0; k < x.count; ++k) most = max(most, load<f64>(sums + ((<usize>k) << 3)));
  x.orthogonality = most / (<f64>x.n * ULP);
  if (x.norm > 0) x.residual /= x.norm * <f64>x.n * ULP;
  end(x, OK);
}

function absoluteSum(n: i32, x: usize): f64 {
  let sum = 0.0;
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) sum += abs(load<f64>(x + i));
  return sum;
}
