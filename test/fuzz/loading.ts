// Arguments for what the entries export beside the methods of a core.
import fc from 'fast-check';
import type { Fuzzed } from './functions.js';
import { Lazy, nonNegative, options } from './values.js';

const text = (s: string) => new TextEncoder().encode(s);
/** A module that imports nothing and exports nothing. */
const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const sources = fc.constantFrom(
  new Lazy('no bytes', () => new Uint8Array(0)),
  new Lazy('text', () => text('not WebAssembly')),
  new Lazy('a module that exports nothing', () => empty),
  new Lazy('the same, compiled', () => new WebAssembly.Module(empty)),
  new Lazy('a module that ends early', () => empty.subarray(0, 6)),
  new Lazy('a file that is not there', () => new URL('file:///does/not/exist.wasm')),
  new Lazy('a data: address', () => new URL('data:application/wasm;base64,AGFzbQ==')),
  new Lazy('a refused connection', () => new URL('http://127.0.0.1:1/emft.wasm')),
  new Lazy('an unknown scheme', () => new URL('gopher://x/y')),
);

const MARKET = '%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 1 1\n2 1 -0.5\n';
/** Texts in the Matrix Market format, broken in one place or not. */
const reading = (): Fuzzed => ({
  parameters: ['source'],
  valid: fc.tuple(
    fc
      .record({ at: fc.nat(MARKET.length), text: fc.string({ maxLength: 4 }) })
      .map(({ at, text }) => MARKET.slice(0, at) + text + MARKET.slice(at)),
  ),
  reference: [MARKET],
});

export const loadFunctions: Record<'emft' | 'eigen', Record<string, Fuzzed>> = {
  emft: {
    createCore: {
      parameters: ['options'],
      valid: fc.tuple(
        options({
          build: fc.constantFrom('simd', 'relaxed'),
          threads: fc.constantFrom(1, 1, 1, 0, 65, 1.5),
          wasm: sources,
          worker: fc.constant(new Lazy('a script that is not there', () => new URL('file:///none.js'))),
        }),
      ),
      reference: [{ build: 'simd' }],
      weight: 0.1,
    },
    drhCouplings: {
      parameters: ['parameters'],
      valid: fc.tuple(
        fc.record({
          g0: nonNegative,
          alpha: nonNegative,
          n: fc.oneof(fc.nat(200), fc.constantFrom(2 ** 26, 2 ** 53)),
        }),
      ),
      reference: [{ g0: 0.5, alpha: 0.6, n: 7 }],
    },
    mmread: reading(),
    mmreadAsync: reading(),
  },
  eigen: {
    createEigenCore: {
      parameters: ['options'],
      valid: fc.tuple(options({ wasm: sources })),
      reference: [],
      weight: 0.1,
    },
  },
};
