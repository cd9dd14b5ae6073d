// ‖A Z − Z D‖₁ / (‖A‖₁ n ulp) and ‖I − Zᵀ Z‖₁ / (n ulp), ulp = 2⁻⁵²: how LAPACK's tests measure a decomposition (ddrvst),
// here for all eigenpairs or some, in steps (steps.ts). Two products of matrices make the time: of the second, which is
// symmetric, half is formed.
// Range: all of it. A is scaled by a power of two where products could over- or underflow; what the rounding of
// eigenvalues to multiples of 2⁻¹⁰⁷⁴ makes of the residual is no fault of theirs and is left out.
import { gemm, gemmWorkspace } from "../kernel/gemm";
import { MORE, OK } from "../status";
import { mirrorColumns, mirrorCost } from "./mirror";
import { portion } from "./steps";
import { largest, scaleColumns } from "./symmetricScaling";
import { powerOfTwoNear } from "./tridiagonalBlock";

const ULP: f64 = 2.220446049250313e-16;
/** The smallest double. */
const QUANTUM: f64 = 5e-324;
/** Columns of a block of products. */
const WIDTH: i32 = 128;
/** Bytes of the record. */
const RECORD: usize = 128;

// What the next step does: the other triangle; the largest entry; scaling; ‖A‖₁; the products.
const MIRROR: i32 = 0;
const MEASURE: i32 = 1;
const SCALE: i32 = 2;
const NORM: i32 = 3;
const PRODUCTS: i32 = 4;
const DONE: i32 = 5;

/** A check between two of its steps. */
@unmanaged
class Check {
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
  next: i32;
  /** Columns done. */
  position: i32;
}

// @ts-ignore: decorator
@inline
function rowBytes(n: i32): usize {
  return (<usize>n + 8) << 3;
}

/** Bytes of workspace of a check of `count` eigenpairs of order n. */
export function accuracyWorkspace(n: i32, count: i32): usize {
  const width = min(WIDTH, count);
  return RECORD + rowBytes(count) + <usize>width * rowBytes(n) + gemmWorkspace(n, width, n);
}

/**
 * Starts the check. A is n×n column-major, contiguous; with `upper` its upper triangle is read, else its lower;
 * destroyed. d holds `count` eigenvalues, z (n×count, contiguous) their vectors. When a step has returned OK, the two
 * ratios are at work, as doubles. With a = 0 only the second is formed, and the first is 0.
 */
export function accuracyStart(n: i32, count: i32, a: usize, upper: bool, d: usize, z: usize, work: usize): void {
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
  x.next = count == 0 ? DONE : a == 0 ? PRODUCTS : MIRROR;
  x.position = 0;
  memory.fill(work + RECORD, 0, rowBytes(count));
}

/** Some columns of the part that comes next. */
export function accuracyStep(work: usize, budget: f64): i32 {
  const x = changetype<Check>(work);
  if (x.next == DONE) return OK;
  const n = x.n;
  const from = x.position;
  if (x.next == PRODUCTS) {
    const cost = 0.1 * <f64>n * <f64>((x.a != 0 ? 2 * n : 0) + from + WIDTH);
    const to = from + portion(budget, cost, 4, x.count - from);
    for (let k = from; k < to; k += WIDTH) products(x, k, min(to, k + WIDTH));
    x.position = to;
    if (to == x.count) finish(x);
  } else {
    const to = from + portion(budget, x.next == MIRROR ? mirrorCost(n) : <f64>n, 32, n - from);
    if (x.next == MIRROR) mirrorColumns(n, from, to, x.a, x.upper != 0);
    else if (x.next == MEASURE) x.size = max(x.size, largest(n, from, to, x.a));
    else if (x.next == SCALE) scaleColumns(n, from, to, x.a, x.scale, true);
    else for (let j = from; j < to; ++j) x.norm = max(x.norm, absoluteSum(n, x.a + ((<usize>j * <usize>n) << 3)));
    x.position = to;
    if (to == n) enterNext(x);
  }
  return x.next == DONE ? OK : MORE;
}

/** How much of the work is done, 0 … 1. */
export function accuracyProgress(work: usize): f64 {
  const x = changetype<Check>(work);
  if (x.next == DONE) return 1;
  return x.next == PRODUCTS ? <f64>x.position / <f64>x.count : 0;
}

function enterNext(x: Check): void {
  x.position = 0;
  ++x.next;
  if (x.next != SCALE) return;
  if (x.size != 0 && !(x.size > 1e-100 && x.size < 1e100)) x.scale = powerOfTwoNear(1 / x.size);
  else x.next = NORM;
}

/** Columns from ≤ k < to of A Z − Z D, and of I − Zᵀ Z as far down as its diagonal, for the rows and for the columns. */
function products(x: Check, from: i32, to: i32): void {
  const n = x.n;
  const width = to - from;
  const column = <usize>n << 3;
  const sums = changetype<usize>(x) + RECORD;
  const y = sums + rowBytes(x.count);
  const scratch = y + <usize>min(WIDTH, x.count) * rowBytes(n);
  const z = x.z + <usize>from * column;
  if (x.a != 0) {
    gemm(n, width, n, 1, x.a, 1, n, z, 1, n, 0, y, n, scratch);
    x.residual = max(x.residual, largestResidual(n, width, y, z, x.d + (<usize>from << 3), x.scale));
  }
  gemm(to, width, n, 1, x.z, n, 1, z, 1, n, 0, y, to, scratch);
  for (let k = from; k < to; ++k) {
    const own = sums + (<usize>k << 3);
    const dots = y + ((<usize>(k - from) * <usize>to) << 3);
    let sum = load<f64>(own);
    for (let i = 0; i <= k; ++i) {
      const size = abs(load<f64>(dots + (<usize>i << 3)) - (i == k ? 1.0 : 0.0));
      sum += size;
      if (i == k) continue;
      const other = sums + (<usize>i << 3);
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
    const value = load<f64>(d + (<usize>k << 3)) * scale;
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
function finish(x: Check): void {
  const sums = changetype<usize>(x) + RECORD;
  let most = 0.0;
  for (let k = 0; k < x.count; ++k) most = max(most, load<f64>(sums + (<usize>k << 3)));
  x.orthogonality = most / (<f64>x.n * ULP);
  if (x.norm > 0) x.residual /= x.norm * <f64>x.n * ULP;
  x.next = DONE;
}

function absoluteSum(n: i32, x: usize): f64 {
  let sum = 0.0;
  for (let i: usize = 0; i < <usize>n << 3; i += 8) sum += abs(load<f64>(x + i));
  return sum;
}
