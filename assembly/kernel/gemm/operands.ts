// The record of a product: its factors, to which `gemm` adds the other fields that tasks read.

/** A and B, and all that the tasks of a product read. The record lies at the start of the product's workspace. */
@unmanaged
export class Operands {
  alpha: f64;
  beta: f64;
  a: usize;
  b: usize;
  c: usize;
  m: i32;
  n: i32;
  k: i32;
  rsa: i32;
  csa: i32;
  rsb: i32;
  csb: i32;
  ldc: i32;
  lower: i32;
  parts: i32;
}

/**
 * Writes the factors of a product to the start of its workspace `work`, and returns that address, which `gemm` and its
 * variants take. Element (i, l) of A is at a + 8 (i rsa + l csa), element (l, j) of B at b + 8 (l rsb + j csb), so that
 * a transpose is a swap of strides.
 */
export function operands(a: usize, rsa: i32, csa: i32, b: usize, rsb: i32, csb: i32, work: usize): usize {
  const product = changetype<Operands>(work);
  product.a = a;
  product.b = b;
  product.rsa = rsa;
  product.csa = csa;
  product.rsb = rsb;
  product.csb = csb;
  return work;
}
