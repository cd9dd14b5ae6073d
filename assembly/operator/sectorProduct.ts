// Products with H in a symmetry sector without its matrix: the rows of sectorRows (sector.ts), made anew for every product,
//     w_r = Σ_t a_t χ(g_t)* (S_r'/S_r)^½ x_r' ,   t = g_t r' ,   t over what H makes of the configuration r,
// in the order of the flips of H, so that bits do not depend on the number of threads. To find r' the |G| images of t are compared,
// and its place is looked up by halving: some hundred times the work of a stored entry, and none of its memory.
import { recordBytes } from '../job';
import { addProduct, Complex, element, elementShift, Parts, Plain, put, turned } from './entries';
import { Operator, Product } from './operator';
import { entryBy, image, place, Rows, toLeast } from './sector';
import { coefficient, HighGroup } from './spinsRecord';

/** Parts of the rows, the same for any number of threads: enough for the threads that there are. Not measured; decides no bit. */
const TASKS: i32 = 64;

@unmanaged
class SectorOperator extends Operator {
  /** Rows. */
  rows: usize;
}

/** Bytes of the record. */
export function sectorOperatorBytes(): usize {
  return recordBytes<SectorOperator>();
}

/** Writes the record; `rows` is that of sectorRows, whose indices, data and ends are not used. */
export function sectorOperator(record: usize, rows: usize): void {
  const own = changetype<SectorOperator>(record);
  own.task = sectorTask.index;
  own.tasks = TASKS;
  own.n = changetype<Rows>(rows).n;
  own.complex = changetype<Rows>(rows).complex;
  own.rows = rows;
}

function sectorTask(task: i32, args: usize): void {
  const product = changetype<Product>(args);
  const own = changetype<SectorOperator>(product.operator);
  const rows = changetype<Rows>(own.rows);
  const from = <u32>((<u64>rows.n * task) / TASKS);
  const to = <u32>((<u64>rows.n * (task + 1)) / TASKS);
  if (own.complex) productRows<Complex>(rows, product, from, to);
  else if (product.pairs) productRows<Parts>(rows, product, from, to);
  else productRows<Plain>(rows, product, from, to);
}

function productRows<T>(rows: Rows, product: Product, from: u32, to: u32): void {
  const alpha = f64x2.splat(product.alpha);
  const sigma = product.sigma;
  const beta = product.beta;
  const gamma = product.gamma;
  for (let i = from; i < to; ++i) {
    const at = (<usize>i) << elementShift<T>();
    const w = product.w + at;
    let r = f64x2.mul(alpha, rowSum<T>(rows, i, product.x));
    if (sigma != 0) r = f64x2.add(r, f64x2.mul(f64x2.splat(sigma), element<T>(product.x + at)));
    if (beta != 0) r = f64x2.add(r, f64x2.mul(f64x2.splat(beta), element<T>(w)));
    if (gamma != 0) r = f64x2.add(r, f64x2.mul(f64x2.splat(gamma), element<T>(product.y + at)));
    put<T>(w, r);
  }
}

function rowSum<T>(rows: Rows, r: u32, x: usize): v128 {
  const s = load<u32>(rows.states + ((<usize>r) << 2));
  const own = <f64>load<u32>(rows.stabilizers + ((<usize>r) << 2));
  let sum = f64x2.splat(0);
  for (let g = 0; g < rows.groups; ++g) {
    const group = changetype<HighGroup>(rows.flips + <usize>g * offsetof<HighGroup>());
    const t = s ^ group.flip;
    if (rows.down >= 0 && <i32>popcnt<u32>(t) != rows.down) continue;
    const re = coefficient(rows.terms, group.first, group.count, s, false);
    const im = sizeof<T>() == 4 ? coefficient(rows.terms, group.first, group.count, s, true) : 0;
    if (re == 0 && im == 0) continue;
    const to = toLeast(rows, t);
    const column = place(rows, image(to, t));
    if (column < 0) continue;
    const entry = entryBy(rows, to, column, own, re, im);
    const value = element<T>(x + ((<usize>column) << elementShift<T>()));
    const real = f64x2.splat(f64x2.extract_lane(entry, 0));
    sum = addProduct<T>(sum, real, turned(f64x2.extract_lane(entry, 1)), value);
  }
  return sum;
}
