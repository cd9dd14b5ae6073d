// Products with H in a symmetry sector without its matrix: the rows of sector.ts, made anew for every product,
//     w_r = Σ_t a_t χ(g_t)* (S_r'/S_r)^½ x_r' ,   t = g_t r' ,   t over what H makes of the configuration r,
// in the order of the flips of H, so that bits do not depend on the number of threads. To find r' the |G| images of t are compared,
// and its place is looked up by halving: some hundred times the work of a stored entry, and none of its memory. Entries are what
// they are in the stored matrix: those whose terms cancel, so that no more than rounding is left of their sum, are 0, as are
// imaginary parts of the diagonal. Without that a sector in which all of H cancels would be made of rounding, and not Hermitian.
import { recordBytes } from '../job';
import { ULP } from '../numeric/constants';
import { addProduct, Complex, combined, element, elementShift, Parts, Plain, put, turned } from './entries';
import { Operator, Product } from './operator';
import { entryBy, image, limitOf, place, Rows, toLeast } from './sector';
import { coefficient, HighGroup } from './spinsRecord';
import { ROW_PARTS } from './tuning';

@unmanaged
class SectorOperator extends Operator {
  /** Rows. */
  rows: usize;
  /** For each task as many `Entry` as H has flips, and the columns of them. */
  entries: usize;
}

/** What one flip of H makes of a row. */
@unmanaged
class Entry {
  re: f64;
  im: f64;
  /** The sum in its column: of all entries there, kept at the first of them. */
  allRe: f64;
  allIm: f64;
  /** What rounding leaves of that sum, at most. */
  nothing: f64;
  column: i32;
  /** Number of the first entry in this column. */
  first: i32;
}

/** Bytes of the entries of a task, with room for a whole last vector of columns. */
@inline
function entriesBytes(flips: i32): usize {
  return <usize>flips * offsetof<Entry>() + (((<usize>flips + 7) & ~3) << 2);
}

/** Bytes of the record, and behind it room for the entries of a row for each task; `flips`: of H. */
export function sectorOperatorBytes(flips: i32): usize {
  return recordBytes<SectorOperator>() + <usize>ROW_PARTS * entriesBytes(flips);
}

/** Writes the record; `rows` is that of sectorRowsStart, whose indices, data, ends and nothing are not used. */
export function sectorOperator(record: usize, rows: usize): void {
  const own = changetype<SectorOperator>(record);
  own.task = sectorTask.index;
  own.tasks = ROW_PARTS;
  own.n = changetype<Rows>(rows).n;
  own.complex = changetype<Rows>(rows).complex;
  own.rows = rows;
  own.entries = record + recordBytes<SectorOperator>();
}

function sectorTask(task: i32, args: usize): void {
  const product = changetype<Product>(args);
  const own = changetype<SectorOperator>(product.operator);
  const rows = changetype<Rows>(own.rows);
  const from = <u32>((<u64>rows.n * task) / ROW_PARTS);
  const to = <u32>((<u64>rows.n * (task + 1)) / ROW_PARTS);
  if (own.complex) productRows<Complex>(own, product, task, from, to);
  else if (product.pairs) productRows<Parts>(own, product, task, from, to);
  else productRows<Plain>(own, product, task, from, to);
}

function productRows<T>(own: SectorOperator, product: Product, task: i32, from: u32, to: u32): void {
  const rows = changetype<Rows>(own.rows);
  const entries = own.entries + <usize>task * entriesBytes(rows.groups);
  const alpha = f64x2.splat(product.alpha);
  const sigma = product.sigma;
  const beta = product.beta;
  const gamma = product.gamma;
  for (let i = from; i < to; ++i) {
    const at = (<usize>i) << elementShift<T>();
    const w = product.w + at;
    const count = rowEntries<T>(rows, i, entries);
    const sum = rowSum<T>(entries, count, i, product.x);
    put<T>(w, combined<T>(sum, alpha, sigma, beta, gamma, product.x + at, w, product.y + at));
  }
}

/** Writes the entries of row r, one for each flip that leads into the sector; returns their number. */
function rowEntries<T>(rows: Rows, r: u32, entries: usize): i32 {
  const s = load<u32>(rows.states + ((<usize>r) << 2));
  const own = <f64>load<u32>(rows.stabilizers + ((<usize>r) << 2));
  const columns = entries + <usize>rows.groups * offsetof<Entry>();
  let count = 0;
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
    const unknown = limitOf(rows, g, column, own);
    add(
      entries,
      columns,
      count++,
      column,
      f64x2.extract_lane(entry, 0),
      f64x2.extract_lane(entry, 1),
      unknown,
    );
  }
  return count;
}

/**
 * Makes this the entry of the given number, and adds it to the sum in its column.
 * @param unknown what rounding leaves of it
 */
function add(entries: usize, columns: usize, number: i32, column: i32, re: f64, im: f64, unknown: f64): void {
  const own = changetype<Entry>(entries + <usize>number * offsetof<Entry>());
  own.re = re;
  own.im = im;
  own.column = column;
  store<i32>(columns + ((<usize>number) << 2), column);
  // Itself at the latest.
  const wanted = i32x4.splat(column);
  let first = 0;
  let found = i32x4.bitmask(i32x4.eq(v128.load(columns), wanted));
  while (found == 0) {
    first += 4;
    found = i32x4.bitmask(i32x4.eq(v128.load(columns + ((<usize>first) << 2)), wanted));
  }
  first += ctz<i32>(found);
  own.first = first;
  const sum = changetype<Entry>(entries + <usize>first * offsetof<Entry>());
  if (first == number) {
    sum.allRe = re;
    sum.allIm = im;
    sum.nothing = unknown;
    return;
  }
  sum.allRe += re;
  sum.allIm += im;
  sum.nothing += unknown + ULP * (Math.abs(sum.allRe) + Math.abs(sum.allIm));
}

/** Σ of entries times elements of x, in the order of the flips. */
function rowSum<T>(entries: usize, count: i32, r: u32, x: usize): v128 {
  let sum = f64x2.splat(0);
  for (let k = 0; k < count; ++k) {
    const own = changetype<Entry>(entries + <usize>k * offsetof<Entry>());
    const all = changetype<Entry>(entries + <usize>own.first * offsetof<Entry>());
    const re = Math.abs(all.allRe) <= all.nothing ? 0 : own.re;
    const im = <u32>own.column == r || Math.abs(all.allIm) <= all.nothing ? 0 : own.im;
    const value = element<T>(x + ((<usize>own.column) << elementShift<T>()));
    sum = addProduct<T>(sum, f64x2.splat(re), turned(im), value);
  }
  return sum;
}
