// Products with a sparse matrix in compressed rows: entries of row i at indptr[i] … indptr[i + 1] − 1 of `indices` and
// `data`. A sum runs over its row in the order of storage, so its bits depend on nothing else.
// Bound by memory: 12 bytes an entry (20 of a complex one), read once; the vector must come from a cache to keep up.
import { recordBytes } from '../job';
import {
  addProduct,
  Complex,
  combined,
  element,
  elementShift,
  entryShift,
  Pairs,
  Plain,
  put,
  turned,
} from './entries';
import { Operator, Product } from './operator';

@unmanaged
class Csr extends Operator {
  /** n + 1 counts of 32 bits. */
  indptr: usize;
  indices: usize;
  data: usize;
  /** First row of each task, `tasks` + 1 numbers. */
  starts: usize;
}

/** Bytes of the record. */
export function csrBytes(): usize {
  return recordBytes<Csr>();
}

/** Writes the record. `data`: doubles, or pairs when `complex`. `starts`: the first row of each task, and n. */
export function csrOperator(
  record: usize,
  n: i32,
  complex: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  tasks: i32,
  starts: usize,
): void {
  const csr = changetype<Csr>(record);
  csr.task = csrTask.index;
  csr.tasks = tasks;
  csr.n = n;
  csr.complex = complex;
  csr.indptr = indptr;
  csr.indices = indices;
  csr.data = data;
  csr.starts = starts;
}

function csrTask(task: i32, args: usize): void {
  const product = changetype<Product>(args);
  const csr = changetype<Csr>(product.operator);
  const at = csr.starts + ((<usize>task) << 2);
  if (csr.complex) rows<Complex>(csr, product, load<u32>(at), load<u32>(at, 4));
  else if (product.pairs) rows<Pairs>(csr, product, load<u32>(at), load<u32>(at, 4));
  else rows<Plain>(csr, product, load<u32>(at), load<u32>(at, 4));
}

function rows<T>(csr: Csr, product: Product, from: u32, to: u32): void {
  const x = product.x;
  const w = product.w;
  const y = product.y;
  const alpha = f64x2.splat(product.alpha);
  const sigma = product.sigma;
  const beta = product.beta;
  const gamma = product.gamma;
  const p = load<u32>(csr.indptr + ((<usize>from) << 2));
  let index = csr.indices + ((<usize>p) << 2);
  let entry = csr.data + ((<usize>p) << entryShift<T>());
  for (let i = from; i < to; ++i) {
    const last = csr.indices + ((<usize>load<u32>(csr.indptr + ((<usize>(i + 1)) << 2))) << 2);
    const sum = rowSum<T>(index, last, entry, x);
    entry += (last - index) << (entryShift<T>() - 2);
    index = last;
    const at = (<usize>i) << elementShift<T>();
    put<T>(w + at, combined<T>(sum, alpha, sigma, beta, gamma, x + at, w + at, y + at));
  }
}

/** Even and odd entries are summed apart, so that one addition need not wait for the other; doubles in the two lanes of one register. */
@inline
function rowSum<T>(index: usize, last: usize, entry: usize, x: usize): v128 {
  if (sizeof<T>() == 1) return lanesSum(index, last, entry, x);
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  const step = (<usize>1) << entryShift<T>();
  const pairs = index + ((last - index) & ~(<usize>7));
  for (; index < pairs; index += 8) {
    even = term<T>(even, entry, x + ((<usize>load<u32>(index)) << elementShift<T>()));
    odd = term<T>(odd, entry + step, x + ((<usize>load<u32>(index, 4)) << elementShift<T>()));
    entry += step << 1;
  }
  if (index < last) even = term<T>(even, entry, x + ((<usize>load<u32>(index)) << elementShift<T>()));
  return f64x2.add(even, odd);
}

@inline
function lanesSum(index: usize, last: usize, entry: usize, x: usize): v128 {
  let sum = f64x2.splat(0);
  const pairs = index + ((last - index) & ~(<usize>7));
  for (; index < pairs; index += 8) {
    const low = v128.load64_zero(x + ((<usize>load<u32>(index)) << 3));
    const both = v128.load64_lane(x + ((<usize>load<u32>(index, 4)) << 3), low, 1);
    sum = f64x2.add(sum, f64x2.mul(v128.load(entry), both));
    entry += 16;
  }
  if (index < last) {
    const one = v128.load64_zero(x + ((<usize>load<u32>(index)) << 3));
    sum = f64x2.add(sum, f64x2.mul(v128.load64_zero(entry), one));
  }
  return f64x2.add(sum, v128.shuffle<f64>(sum, sum, 1, 0));
}

@inline
function term<T>(sum: v128, entry: usize, at: usize): v128 {
  const im = sizeof<T>() == 4 ? turned(load<f64>(entry, 8)) : sum;
  return addProduct<T>(sum, v128.load64_splat(entry), im, element<T>(at));
}
