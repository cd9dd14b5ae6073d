// ‖A Z − Z D‖₁ / (‖A‖₁ n ulp) and ‖I − Zᵀ Z‖₁ / (n ulp), ulp = 2⁻⁵²: the measures of a decomposition in LAPACK's tests
// (ddrvst), for all eigenpairs or some, as a job. Two products of matrices take nearly all of the time; the second is
// symmetric, and only half of it is formed.
// Range: any finite A, which is scaled by a power of two where products could over- or underflow; the part of the
// residual that comes from rounding eigenvalues to multiples of 2⁻¹⁰⁷⁴ is left out.

import { end, enter, Job, portion, recordBytes, rowBytes, start } from '../job';
import { gemm, gemmWorkspace } from '../kernel/gemm/gemm';
import { operands } from '../kernel/gemm/operands';
import { QUANTUM, ULP } from '../numeric/constants';
import { isModerate, powerOfTwoNear } from '../numeric/scaling';
import { OK } from '../status';
import { mirrorColumns, mirrorCost } from './mirror';
import { largest, scaleColumns } from './symmetricScaling';
import { CHECK_COLUMNS, LEAST_OF_PASS, PRODUCT_COST, READ_COST } from './tuning';

/** State of a check between two steps. */
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

/** Bytes of workspace of a check of `count` eigenpairs of order n; `products`: whether A Z is formed too. */
export function accuracyWorkspace(n: i32, count: i32, products: bool): usize {
  const width = min(CHECK_COLUMNS, count);
  const rows = products ? n : count;
  return (
    recordBytes<Check>() + rowBytes(count) + <usize>width * rowBytes(rows) + gemmWorkspace(rows, width, n)
  );
}

/**
 * Starts the check. A is n×n column-major, contiguous; its upper triangle is read if `upper`, otherwise its lower one;
 * A is destroyed. d holds `count` eigenvalues, z (n×count, contiguous) their vectors. The two ratios are in the record.
 * With a = 0 only the second ratio is formed, and the first is 0.
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
  const check = changetype<Check>(work);
  check.residual = 0;
  check.orthogonality = 0;
  check.size = 0;
  check.scale = 1;
  check.norm = 0;
  check.n = n;
  check.count = count;
  check.a = a;
  check.d = d;
  check.z = z;
  check.upper = upper;
  check.sums = work + recordBytes<Check>();
  check.block = check.sums + rowBytes(count);
  check.scratch = check.block + <usize>min(CHECK_COLUMNS, count) * rowBytes(a != 0 ? n : count);
  memory.fill(check.sums, 0, rowBytes(count));
  start(check, a == 0 ? multiplySome.index : mirrorSome.index);
  if (count == 0) end(check, OK);
}

/** End of the columns that fit into the budget. */
function columns(check: Check, budget: f64, cost: f64): i32 {
  return check.position + portion(budget, cost, LEAST_OF_PASS, check.n - check.position);
}

/** Step: mirrors some columns of the given triangle to the other. */
function mirrorSome(work: usize, budget: f64): void {
  const check = changetype<Check>(work);
  const to = columns(check, budget, mirrorCost(check.n));
  mirrorColumns(check.n, check.position, to, check.a, check.upper != 0);
  check.position = to;
  if (to == check.n) enter(check, measureSome.index);
}

/** Step: looks for the largest entry of A. */
function measureSome(work: usize, budget: f64): void {
  const check = changetype<Check>(work);
  const to = columns(check, budget, READ_COST * <f64>check.n);
  check.size = max(check.size, largest(check.n, check.position, to, check.a));
  check.position = to;
  if (to < check.n) return;
  const moderate = isModerate(check.size);
  if (!moderate) check.scale = powerOfTwoNear(1 / check.size);
  enter(check, moderate ? normSome.index : scaleSome.index);
}

function scaleSome(work: usize, budget: f64): void {
  const check = changetype<Check>(work);
  const to = columns(check, budget, READ_COST * <f64>check.n);
  scaleColumns(check.n, check.position, to, check.a, check.scale, true);
  check.position = to;
  if (to == check.n) enter(check, normSome.index);
}

/** Step: sums columns for ‖A‖₁. */
function normSome(work: usize, budget: f64): void {
  const check = changetype<Check>(work);
  const to = columns(check, budget, READ_COST * <f64>check.n);
  for (let j = check.position; j < to; ++j)
    check.norm = max(check.norm, absoluteSum(check.n, check.a + ((<usize>j * <usize>check.n) << 3)));
  check.position = to;
  if (to == check.n) enter(check, multiplySome.index);
}

/** Step: forms some columns of the products. */
function multiplySome(work: usize, budget: f64): void {
  const check = changetype<Check>(work);
  const from = check.position;
  const cost = PRODUCT_COST * <f64>check.n * <f64>((check.a != 0 ? 2 * check.n : 0) + from + CHECK_COLUMNS);
  const to = from + portion(budget, cost, 4, check.count - from);
  for (let k = from; k < to; k += CHECK_COLUMNS) products(check, k, min(to, k + CHECK_COLUMNS));
  check.position = to;
  check.progress = <f64>to / <f64>check.count;
  if (to == check.count) formRatios(check);
}

/**
 * Columns from ≤ j < to of A Z − Z D, and of I − Zᵀ Z down to its diagonal; each entry of the
 * latter counts in two columns.
 */
function products(check: Check, from: i32, to: i32): void {
  const n = check.n;
  const width = to - from;
  const column = (<usize>n) << 3;
  const sums = check.sums;
  const y = check.block;
  const scratch = check.scratch;
  const z = check.z + <usize>from * column;
  if (check.a != 0) {
    gemm(n, width, n, 1, operands(check.a, 1, n, z, 1, n, scratch), 0, y, n);
    check.residual = max(
      check.residual,
      largestResidual(n, width, y, z, check.d + ((<usize>from) << 3), check.scale),
    );
  }
  gemm(to, width, n, 1, operands(check.z, n, 1, z, 1, n, scratch), 0, y, to);
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
 * The largest ‖y_k − d_k z_k‖₁ of `count` columns of n doubles, where y = A z and d_k are eigenvalues of A / `scale`;
 * reduced by the effect of half a multiple of 2⁻¹⁰⁷⁴ in d_k.
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

/** Forms the ratios, once the sums include every column. */
function formRatios(check: Check): void {
  const sums = check.sums;
  let most = 0.0;
  for (let k = 0; k < check.count; ++k) most = max(most, load<f64>(sums + ((<usize>k) << 3)));
  check.orthogonality = most / (<f64>check.n * ULP);
  // With A = 0 any residual makes the ratio infinite.
  if (check.norm > 0 || check.residual != 0) check.residual /= check.norm * <f64>check.n * ULP;
  end(check, OK);
}

function absoluteSum(n: i32, x: usize): f64 {
  let sum = 0.0;
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) sum += abs(load<f64>(x + i));
  return sum;
}
