// W ← alpha H X + sigma X + beta W + gamma Y for any operator: the step of every Krylov space and of every recurrence of Chebyshev
// polynomials, in one pass over the vectors. H is a record that begins with an Operator; its task computes a part of the rows. How rows
// are divided depends on H alone, so that bits do not depend on the number of threads. Range: as plain products and sums.
//
// A vector is n doubles, or with `pairs` n complex numbers, real and imaginary part side by side. An operator with
// complex entries takes pairs only; one with real entries takes both, and treats the parts of a pair alike.
import { recordBytes } from '../job';
import { parallelFor } from '../kernel/team';

/** The beginning of the record of every operator. */
@unmanaged
export class Operator {
  /** `index` of the function (task, Product) that computes a part of the rows. */
  task: u32;
  /** Parts of the rows. */
  tasks: i32;
  /** Order. */
  n: u32;
  /** Whether entries have imaginary parts. */
  complex: i32;
}

/** One product, as its tasks read it. */
@unmanaged
export class Product {
  operator: usize;
  x: usize;
  w: usize;
  y: usize;
  alpha: f64;
  sigma: f64;
  beta: f64;
  gamma: f64;
  pairs: i32;
}

/** Bytes of workspace of `operatorApply`. */
export function operatorWorkspace(): usize {
  return recordBytes<Product>();
}

/**
 * W ← alpha H X + sigma X + beta W + gamma Y for `columns` vectors that follow one another. W is not read if beta = 0, nor Y if
 * gamma = 0. W must not overlap X; it may be Y.
 */
export function operatorApply(
  operator: usize,
  pairs: i32,
  columns: i32,
  x: usize,
  w: usize,
  y: usize,
  alpha: f64,
  sigma: f64,
  beta: f64,
  gamma: f64,
  work: usize,
): void {
  const product = changetype<Product>(work);
  const head = changetype<Operator>(operator);
  product.operator = operator;
  product.alpha = alpha;
  product.sigma = sigma;
  product.beta = beta;
  product.gamma = gamma;
  product.pairs = pairs;
  const stride = (<usize>head.n) << (3 + pairs);
  for (let k = 0; k < columns; ++k) {
    product.x = x;
    product.w = w;
    product.y = y;
    parallelFor(head.tasks, head.task, work);
    x += stride;
    w += stride;
    y += stride;
  }
}

/** W ← alpha P + sigma X + beta W + gamma Y for `count` doubles: the rest of the work if P = H X was computed elsewhere. */
export function combine(
  count: i32,
  p: usize,
  x: usize,
  w: usize,
  y: usize,
  alpha: f64,
  sigma: f64,
  beta: f64,
  gamma: f64,
): void {
  for (let i = 0; i < count; ++i) {
    const at = (<usize>i) << 3;
    let sum = alpha * load<f64>(p + at);
    if (sigma != 0) sum += sigma * load<f64>(x + at);
    if (beta != 0) sum += beta * load<f64>(w + at);
    if (gamma != 0) sum += gamma * load<f64>(y + at);
    store<f64>(w + at, sum);
  }
}
