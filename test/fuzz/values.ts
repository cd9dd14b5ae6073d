// Values that the fuzz test passes: described first and made at the call, so that fast-check can print and shrink what
// would itself throw when it is looked at, and so that a detached buffer is detached anew each time.
import fc from 'fast-check';

/** A value that is made at the call. */
export class Lazy {
  readonly label: string;
  readonly make: () => unknown;
  constructor(label: string, make: () => unknown) {
    this.label = label;
    this.make = make;
  }
  [fc.toStringMethod](): string {
    return this.label;
  }
}

/** Makes every Lazy inside plain arrays and objects. */
export function made(value: unknown): unknown {
  if (value instanceof Lazy) return value.make();
  if (Array.isArray(value)) return value.map(made);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, made(item)]));
  }
  return value;
}

const thrower = () => {
  throw new Error('trap');
};

/** No argument and no option of the package takes one of these. */
export const wrongTypes: readonly Lazy[] = [
  new Lazy('symbol', () => Symbol('s')),
  new Lazy('bigint', () => 3n),
  new Lazy("'nonsense'", () => 'nonsense'),
  new Lazy("'1'", () => '1'),
  new Lazy('long string', () => 'x\n'.repeat(1e4)),
  new Lazy('NaN', () => Number.NaN),
  new Lazy('null', () => null),
  new Lazy('Map', () => new Map([['seed', 1]])),
  new Lazy('Date', () => new Date(0)),
  new Lazy('BigInt64Array', () => new BigInt64Array(4)),
  new Lazy('DataView', () => new DataView(new ArrayBuffer(32))),
  new Lazy('ArrayBuffer', () => new ArrayBuffer(32)),
  new Lazy('proxy of a Float32Array', () => new Proxy(new Float32Array(4), {})),
  new Lazy('proxy of a Float64Array', () => new Proxy(new Float64Array(4), {})),
  new Lazy('revoked proxy', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  }),
  new Lazy('proxy whose every trap throws', () => {
    const traps = Object.fromEntries(
      ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'].map((trap) => [trap, thrower]),
    );
    return new Proxy({}, traps);
  }),
  new Lazy('array whose elements throw', () => Object.defineProperty([0], 0, { get: thrower })),
  new Lazy('object with valueOf', () => ({ valueOf: () => 1 })),
  new Lazy('boxed number', () => Object(1)),
];

/** Wrong in most places, right in some. */
export const oddities: readonly Lazy[] = [
  new Lazy('undefined', () => undefined),
  new Lazy('heir of Float64Array.prototype', () => Object.create(Float64Array.prototype)),
  new Lazy('object whose constructor throws', () =>
    Object.defineProperty({}, 'constructor', { get: thrower }),
  ),
  new Lazy('function', () => () => 0),
  new Lazy('true', () => true),
  new Lazy('{}', () => ({})),
  new Lazy('null-prototype object', () => Object.create(null)),
  new Lazy('[]', () => []),
  new Lazy('sparse array', () => new Array(3)),
  new Lazy('nested empty array', () => [[]]),
  new Lazy('Float32Array of zeros', () => new Float32Array(4)),
  new Lazy('Float32Array [NaN]', () => Float32Array.of(Number.NaN)),
  new Lazy('Int16Array', () => Int16Array.of(1, 2, 2, 1)),
  new Lazy('ragged rows', () => [[1, 2], [3]]),
  new Lazy('array of itself', () => {
    const list: unknown[] = [];
    list.push(list, list);
    return list;
  }),
  new Lazy('empty Float64Array', () => new Float64Array(0)),
  new Lazy('Float64Array [NaN]', () => Float64Array.of(Number.NaN)),
  new Lazy('Float64Array [Infinity]', () => Float64Array.of(Number.POSITIVE_INFINITY)),
  new Lazy('Float64Array [-1]', () => Float64Array.of(-1)),
  new Lazy('detached Float64Array', () => {
    const a = new Float64Array(9);
    structuredClone(a.buffer, { transfer: [a.buffer] });
    return a;
  }),
  new Lazy('Float64Array out of the bounds of its resizable buffer', () => {
    const buffer = new (ArrayBuffer as unknown as ResizableBuffer)(72, { maxByteLength: 144 });
    const a = new Float64Array(buffer, 0, 9);
    buffer.resize(8);
    return a;
  }),
  ...[
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    -1,
    0.5,
    1e-320,
    5e-324,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32,
    2 ** 32 + 1,
    Number.MAX_SAFE_INTEGER,
    2 ** 53,
  ].map((x) => new Lazy(Object.is(x, -0) ? '-0' : String(x), () => x)),
];

interface ResizableBuffer {
  new (bytes: number, options: { maxByteLength: number }): ArrayBuffer & { resize(bytes: number): void };
}

const layouts = ['plain', 'offset', 'shared', 'resizable', 'length-tracking'] as const;

/** The same numbers in every kind of memory that a Float64Array can be over. */
function layOut(values: readonly number[], layout: (typeof layouts)[number]): Float64Array {
  const bytes = 8 * values.length;
  const Resizable = ArrayBuffer as unknown as ResizableBuffer;
  let array: Float64Array;
  if (layout === 'offset') array = new Float64Array(new ArrayBuffer(bytes + 40), 24, values.length);
  else if (layout === 'shared') array = new Float64Array(new SharedArrayBuffer(bytes));
  else if (layout === 'resizable') {
    array = new Float64Array(new Resizable(bytes + 8, { maxByteLength: bytes + 80 }), 8, values.length);
  } else if (layout === 'length-tracking') {
    array = new Float64Array(new Resizable(bytes, { maxByteLength: bytes + 80 }));
  } else array = new Float64Array(values.length);
  array.set(values);
  return array;
}

export function float64Array(values: fc.Arbitrary<number[]>): fc.Arbitrary<Lazy> {
  return fc
    .tuple(values, fc.constantFrom(...layouts))
    .map(
      ([list, layout]) =>
        new Lazy(`${layout} Float64Array ${fc.stringify(list)}`, () => layOut(list, layout)),
    );
}

const corners = [
  0,
  -0,
  5e-324,
  1e-310,
  2.3e-308,
  1e-100,
  1e-9,
  0.05,
  0.3,
  1,
  7,
  1e9,
  1e100,
  1e308,
  Number.MAX_VALUE,
];

/** Finite numbers ≥ 0 over the whole range of doubles, and the corners of it. */
export const nonNegative: fc.Arbitrary<number> = fc.oneof(
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: 0, max: 2, noNaN: true }),
  fc.constantFrom(...corners),
);

export const finite: fc.Arbitrary<number> = fc
  .tuple(nonNegative, fc.boolean())
  .map(([x, negative]) => (negative ? -x : x));

export const ordinary: fc.Arbitrary<number> = fc.double({ min: -3, max: 3, noNaN: true });

/** Symmetric n×n: ordinary numbers, or of any magnitude, or with many equal and zero entries. */
export function matrix(n: fc.Arbitrary<number>): fc.Arbitrary<{ a: Lazy; n: number }> {
  const entries = fc.constantFrom(ordinary, finite, fc.constantFrom(0, 1, -1));
  return fc.tuple(n, entries).chain(([size, entry]) =>
    float64Array(
      fc
        .array(entry, { minLength: (size * (size + 1)) / 2, maxLength: (size * (size + 1)) / 2 })
        .map((half) => {
          const a = new Array<number>(size * size);
          for (let i = 0, k = 0; i < size; ++i) {
            for (let j = 0; j <= i; ++j, ++k) a[i * size + j] = a[j * size + i] = half[k];
          }
          return a;
        }),
    ).map((a) => ({ a, n: size })),
  );
}

/** Some of the given options. */
export function options(shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  return fc.option(fc.record(shape, { requiredKeys: [] }), { nil: undefined, freq: 4 });
}

export const anySeed = fc.oneof(fc.integer(), fc.maxSafeInteger());
