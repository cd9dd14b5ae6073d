// H of spins ½ times a vector, without a matrix: H = Σ_F X^F Σ_Z c(F, Z) Z^Z, where X^F flips the sites of the mask F and Z^Z
// is −1 to the power of the number of down spins on the sites of Z, so that
//     ⟨s ^ F| H |s⟩ = Σ_Z c(F, Z) (−1)^|s & Z| .
// Configurations s and flips are split into high and low bits. The configurations with the same high bits h form a row: those that the
// number of up spins allows, in the order of their low bits. Then
//     flips of high bits alone     add a multiple of another row: contiguous;
//     flips of low bits alone      are one small sparse matrix, the same for all rows with equally many down spins;
//     flips of both                add, for every class of low bits with the same signs, a multiple of a list of elements.
// What depends on h alone is computed once a row; tables of the low bits stay in the first-level cache. Every element is summed in the
// same order whatever the number of threads. Range: as plain products and sums.
import {
  addProduct,
  addRun,
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
import { Product } from './operator';
import { coefficient, FlipTerms, levels, lowDown, MixedTerms, Sign, Span, Spins } from './spinsRecord';

/** Makes a block of tables an operator, wherever it has been copied to. */
export function spinsOperator(block: usize): void {
  changetype<Spins>(block).task = spinsTask.index;
}

function spinsTask(task: i32, args: usize): void {
  const product = changetype<Product>(args);
  const spins = changetype<Spins>(product.operator);
  const at = product.operator + spins.starts + ((<usize>task) << 2);
  for (let high = load<u32>(at); high < load<u32>(at, 4); ++high) {
    const first = rowBase(spins, high);
    const size = rowBase(spins, high + 1) - first;
    if (size == 0) continue;
    if (spins.complex) row<Complex>(spins, product, high, first, size);
    else if (product.pairs) row<Pairs>(spins, product, high, first, size);
    else row<Plain>(spins, product, high, first, size);
  }
}

@inline
function rowBase(spins: Spins, high: u32): u32 {
  return load<u32>(changetype<usize>(spins) + spins.bases + ((<usize>high) << 2));
}

function row<T>(spins: Spins, product: Product, high: u32, first: u32, size: i32): void {
  const block = changetype<usize>(spins);
  const w = product.w + ((<usize>first) << elementShift<T>());
  const down = lowDown(spins, high);
  lowFlips<T>(spins, product, first, down, size);
  for (let f = 0; f < spins.highCount; ++f) {
    const flip = changetype<FlipTerms>(block + spins.high + <usize>f * offsetof<FlipTerms>());
    const source = high ^ flip.flip;
    if (lowDown(spins, source) != down) continue;
    const terms = block + spins.terms;
    const re = coefficient(terms, flip.first, flip.count, source, false);
    const im = sizeof<T>() == 4 ? coefficient(terms, flip.first, flip.count, source, true) : 0;
    if (re == 0 && im == 0) continue;
    const x = product.x + ((<usize>rowBase(spins, source)) << elementShift<T>());
    addRun<T>(size, product.alpha * re, product.alpha * im, x, w);
  }
  for (let f = 0; f < spins.mixedCount; ++f) {
    const mixed = changetype<MixedTerms>(block + spins.mixed + <usize>f * offsetof<MixedTerms>());
    mixedFlips<T>(spins, product, mixed, high, down, w);
  }
}

/** W ← alpha (diagonal and flips of low bits) X + sigma X + beta W + gamma Y in one row. */
@inline
function lowFlips<T>(spins: Spins, product: Product, first: u32, down: i32, size: i32): void {
  const block = changetype<usize>(spins);
  const offset = (<usize>first) << elementShift<T>();
  const step = (<usize>1) << elementShift<T>();
  const x = product.x + offset;
  const alpha = f64x2.splat(product.alpha);
  const sigma = product.sigma;
  const beta = product.beta;
  const gamma = product.gamma;
  let w = product.w + offset;
  let y = product.y + offset;
  let own = x;
  let diagonal = block + spins.diagonal + ((<usize>first) << 3);
  let bound =
    block + spins.lowRows + ((<usize>load<u32>(block + spins.lowFirst + ((<usize>down) << 2))) << 2);
  const columns = block + spins.lowColumns;
  let column = columns + ((<usize>load<u32>(bound)) << 1);
  let entry = block + spins.lowEntries + ((<usize>load<u32>(bound)) << entryShift<T>());
  for (let i = 0; i < size; ++i) {
    bound += 4;
    const last = columns + ((<usize>load<u32>(bound)) << 1);
    let sum = f64x2.mul(f64x2.splat(load<f64>(diagonal)), element<T>(own));
    for (; column < last; column += 2) {
      const im = sizeof<T>() == 4 ? turned(load<f64>(entry, 8)) : sum;
      const from = x + ((<usize>load<u16>(column)) << elementShift<T>());
      sum = addProduct<T>(sum, v128.load64_splat(entry), im, element<T>(from));
      entry += (<usize>1) << entryShift<T>();
    }
    put<T>(w, combined<T>(sum, alpha, sigma, beta, gamma, own, w, y));
    diagonal += 8;
    own += step;
    w += step;
    y += step;
  }
}

/** Adds what one flip of high and low bits takes to a row, which begins at w. */
@inline
function mixedFlips<T>(
  spins: Spins,
  product: Product,
  mixed: MixedTerms,
  high: u32,
  down: i32,
  w: usize,
): void {
  const block = changetype<usize>(spins);
  const source = high ^ mixed.flip;
  const sourceDown = lowDown(spins, source);
  if (sourceDown < 0 || sourceDown > spins.lowBits) return;
  const x = product.x + ((<usize>rowBase(spins, source)) << elementShift<T>());
  const kinds = levels(spins);
  let at = block + spins.ranges + <usize>(mixed.ranges + (down * kinds + sourceDown)) * offsetof<Span>();
  for (let bits: u32 = 0; bits >>> mixed.signs == 0; ++bits) {
    const span = changetype<Span>(at);
    at += <usize>(kinds * kinds) * offsetof<Span>();
    if (span.from == span.to) continue;
    const re = signed(spins, mixed, source, bits, false);
    const im = sizeof<T>() == 4 ? signed(spins, mixed, source, bits, true) : 0;
    if (re == 0 && im == 0) continue;
    addPairs<T>(block + spins.pairs, span, product.alpha * re, product.alpha * im, x, w);
  }
}

/** Σ_j ±c_j of mixed terms, with the given signs. */
@inline
function signed(spins: Spins, mixed: MixedTerms, source: u32, bits: u32, imaginary: bool): f64 {
  const block = changetype<usize>(spins);
  let sum: f64 = 0;
  for (let j: u32 = 0; j < mixed.signs; ++j) {
    const sign = changetype<Sign>(block + spins.signs + <usize>(mixed.firstSign + j) * offsetof<Sign>());
    const c = coefficient(block + spins.terms, sign.first, sign.count, source, imaginary);
    sum += (bits >>> j) & 1 ? -c : c;
  }
  return sum;
}

/** w[i] += (re + i im) x[j] for the pairs (i, j) of a list. */
@inline
function addPairs<T>(pairs: usize, span: Span, re: f64, im: f64, x: usize, w: usize): void {
  const r = f64x2.splat(re);
  const t = turned(im);
  const end = pairs + ((<usize>span.to) << 2);
  for (let at = pairs + ((<usize>span.from) << 2); at < end; at += 4) {
    const out = w + ((<usize>load<u16>(at)) << elementShift<T>());
    const value = element<T>(x + ((<usize>load<u16>(at, 2)) << elementShift<T>()));
    put<T>(out, addProduct<T>(element<T>(out), r, t, value));
  }
}
