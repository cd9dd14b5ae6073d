// Products with H in a symmetry sector without its matrix: the rows of sector.ts, made anew for every product,
//     w_r = Σ_t a_t χ(g_t)* (S_r'/S_r)^½ x_r' ,   t = g_t r' ,   t over what H makes of the configuration r,
// in the order of the flips of H, so that bits do not depend on the number of threads. r' is found by comparing the |G| images of t, and
// its place by bisection: about a hundred times the work of a stored entry, but none of its memory. Accuracy is that of the stored
// matrix, entry by entry: one whose terms cancel to no more than rounding is 0, and so is the imaginary part of the diagonal. Otherwise
// a sector in which all of H cancels would hold nothing but rounding, which is not Hermitian.
import { recordBytes } from '../job';
import { ULP } from '../numeric/constants';
import { addProduct, Complex, combined, element, elementShift, Pairs, Plain, put, turned } from './entries';
import { Operator, Product } from './operator';
import { entryBy, image, limitOf, place, Rows, toLeast } from './sector';
import { coefficient, FlipTerms } from './spinsRecord';
import { ROW_PARTS } from './tuning';

@unmanaged
class SectorOperator extends Operator {
  /** Rows. */
  rows: usize;
  /** For each task room for one `Entry` a flip of H, followed by the columns of these entries. */
  entries: usize;
}

/** The entry that one flip of H contributes to a row. */
@unmanaged
class Entry {
  re: f64;
  im: f64;
  /** The sum of all entries in this column; kept in the first of them alone. */
  allRe: f64;
  allIm: f64;
  /** A bound on the rounding of that sum. */
  nothing: f64;
  column: i32;
  /** Number of the first entry in this column. */
  first: i32;
}

/** Bytes of the entries of a task; the columns are padded to whole vectors of four. */
@inline
function entriesBytes(flips: i32): usize {
  return <usize>flips * offsetof<Entry>() + (((<usize>flips + 7) & ~3) << 2);
}

/** Bytes of the record and, behind it, of the entries of one row for each task; `flips`: how many H has. */
export function sectorOperatorBytes(flips: i32): usize {
  return recordBytes<SectorOperator>() + <usize>ROW_PARTS * entriesBytes(flips);
}

/** Writes the record; of `rows`, a record as for sectorRowsStart, the fields indices, data, ends and nothing are not used. */
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
  else if (product.pairs) productRows<Pairs>(own, product, task, from, to);
  else productRows<Plain>(own, product, task, from, to);
}

function productRows<T>(own: SectorOperator, product: Product, task: i32, from: u32, to: u32): void {
  const rows = changetype<Rows>(own.rows);
  const entries = own.entries + <usize>task * entriesBytes(rows.flipCount);
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

/**
 * Writes the entries of row r, one for each flip that stays in the sector, and returns how many there are. The loop is that of sector.ts,
 * which keeps its entries in another form: with a function for both, which hands an entry on through memory, products take as long but
 * the matrix 15 to 50 % more (AMD EPYC, Zen 4, Node 20; 16 sites at half filling with 16 translations).
 */
function rowEntries<T>(rows: Rows, r: u32, entries: usize): i32 {
  const s = load<u32>(rows.states + ((<usize>r) << 2));
  const own = <f64>load<u32>(rows.stabilizers + ((<usize>r) << 2));
  const columns = entries + <usize>rows.flipCount * offsetof<Entry>();
  let count = 0;
  for (let f = 0; f < rows.flipCount; ++f) {
    const flip = changetype<FlipTerms>(rows.flips + <usize>f * offsetof<FlipTerms>());
    const t = s ^ flip.flip;
    if (rows.down >= 0 && <i32>popcnt<u32>(t) != rows.down) continue;
    const re = coefficient(rows.terms, flip.first, flip.count, s, false);
    const im = sizeof<T>() == 4 ? coefficient(rows.terms, flip.first, flip.count, s, true) : 0;
    if (re == 0 && im == 0) continue;
    const to = toLeast(rows, t);
    const column = place(rows, image(to, t));
    if (column < 0) continue;
    const entry = entryBy(rows, to, column, own, re, im);
    const unknown = limitOf(rows, f, column, own);
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
 * Writes entry `number`, and adds it to the sum of its column.
 * @param unknown a bound on its rounding
 */
function add(entries: usize, columns: usize, number: i32, column: i32, re: f64, im: f64, unknown: f64): void {
  const own = changetype<Entry>(entries + <usize>number * offsetof<Entry>());
  own.re = re;
  own.im = im;
  own.column = column;
  store<i32>(columns + ((<usize>number) << 2), column);
  // The search ends at this entry itself if not before.
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

/** Σ of entries times elements of x, in the order of the flips; cancelled entries count as 0. */
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
