// What functions of the program write beyond what they are given, which JavaScript drops without a word; and that functions which do
// anything else with their arrays, as code that asks for a typed array itself, work as before.
import { createCore, InputError, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const n = 30;
type Multiply = (x: Float64Array, y: Float64Array, columns: number) => unknown;

/** A path of n sites. */
const path = (x: Float64Array, i: number) => (i > 0 ? x[i - 1] : 0) + (i < n - 1 ? x[i + 1] : 0);
const right = (x: Float64Array, y: Float64Array) => {
  for (let i = 0; i < n; ++i) y[i] = path(x, i);
};
const product = (x: Float64Array) => x.map((_, i) => path(x, i));
const operator = (multiply: Multiply, of = multiply.length): Operator =>
  core.operator({ n, multiply: of <= 2 ? (x, y) => void multiply(x, y, 1) : (multiply as never) });
const expected = core.eigsh(operator(right), { k: 3, method: 'lanczos' });

const beyond: [string, Multiply, string][] = [
  [
    'one place beyond the end',
    (x, y) => {
      right(x, y);
      y[n] = 1;
    },
    'y[30], expected places from 0 to 29',
  ],
  [
    'a place before the first',
    (x, y) => {
      for (let i = 0; i < n; ++i) {
        y[i - 1] += x[i];
        y[i + 1] += x[i];
      }
    },
    'y[-1], expected places from 0 to 29',
  ],
  [
    'between two places',
    (x, y) => {
      right(x, y);
      y[2.5] = 1;
    },
    'y[2.5], expected',
  ],
  [
    'to place NaN',
    (x, y) => {
      right(x, y);
      y[Number.NaN] = 1;
    },
    'y[NaN], expected',
  ],
  [
    'to a place that a list does not have',
    (x, y) => {
      right(x, y);
      y[[0, 1][2]] = 1;
    },
    'y[undefined], expected',
  ],
  [
    'and catches all errors',
    (x, y) => {
      try {
        y[n + 7] = 1;
      } catch {}
      right(x, y);
    },
    'y[37], expected',
  ],
  [
    'beyond a part of y',
    (x, y) => {
      const part = y.subarray(0, 10);
      right(x, y);
      part[10] = 1;
    },
    'y.subarray(…)[10], expected places from 0 to 9',
  ],
  [
    'of the second vector what belongs to a third',
    (x, y, columns) => {
      for (let c = 0; c < columns; ++c) {
        for (let i = 0; i < n; ++i) y[c * n + i] = path(x.subarray(c * n, (c + 1) * n), i);
        if (c > 0) y[(c + 1) * n] = 1;
      }
    },
    'y[60], expected places from 0 to 59',
  ],
];

describe.each(beyond)('a function that writes %s', (_, multiply, message) => {
  test('is refused each time, and leaves the core as it was', () => {
    const bad = operator(multiply);
    for (let again = 0; again < 2; ++again) {
      for (const call of [() => core.eigsh(bad, { k: 3 }), () => bad.multiply(new Float64Array(n).fill(1))]) {
        expect(call).toThrow(InputError);
        expect(call).toThrow(`operator.multiply: wrote to ${message}`);
      }
      expect(core.eigsh(operator(right), { k: 3, method: 'lanczos' }).values).toEqual(expected.values);
    }
  });
});

test('a function of y and x in this order was taken for H = 0', () => {
  const swapped = operator((y, x) => right(x, y));
  expect(() => core.eigsh(swapped, { k: 1 })).toThrow(/wrote nothing to y, its second argument, and to x/);
  expect(() => swapped.toDense()).toThrow(/wrote nothing to y/);
});

test('a function that leaves out all vectors but the first was taken for one that multiplies the others by 0', () => {
  const first = core.operator({ n, multiply: (x, y, _columns) => right(x, y) });
  expect(() => core.eigsh(first, { k: 3 })).toThrow(/is not linear: .* two at a time, columns = 2, by/);
});

const legitimate: [string, Multiply][] = [
  ['index by index', right],
  ['by set', (x, y) => y.set(product(x))],
  ['by set of the prototype', (x, y) => Float64Array.prototype.set.call(y, product(x))],
  [
    'in place in x, then by set of the prototype',
    (x, y) => {
      x.set(product(x));
      Float64Array.prototype.set.call(y, x);
    },
  ],
  [
    'in place in x, then only to arrays',
    (x, y) => {
      x.set(product(x));
      if (ArrayBuffer.isView(y)) y.set(x);
    },
  ],
  ['through the buffer', (x, y) => new Float64Array(y.buffer).set(product(x))],
  [
    'through part of the buffer',
    (x, y) => new Float64Array(y.buffer, y.byteOffset, y.length).set(product(x)),
  ],
  [
    'by a view of bytes',
    (x, y) => product(x).forEach((v, i) => void new DataView(y.buffer).setFloat64(8 * i, v, true)),
  ],
  [
    'in place in x, then copied',
    (x, y) => {
      x.set(product(x));
      y.set(x);
    },
  ],
  [
    'as properties of another kind',
    (x, y) => {
      Object.assign(y, { note: 'mine' });
      right(x, y);
    },
  ],
  [
    'through parts',
    (x, y) => {
      for (let i = 0; i < n; ++i) y.subarray(i, i + 1).fill(path(x, i));
    },
  ],
  [
    'to an array of the same kind',
    (x, y) => {
      const own = new (y.constructor as Float64ArrayConstructor)(y.length);
      right(x, own);
      y.set(own);
    },
  ],
  [
    'only to arrays',
    (x, y) => {
      if (!ArrayBuffer.isView(y) || Object.prototype.toString.call(y) !== '[object Float64Array]')
        throw new Error('no array');
      right(x, y);
    },
  ],
  [
    'only to arrays, else nothing',
    (x, y) => {
      right(x, ArrayBuffer.isView(y) ? y : new Float64Array(n));
    },
  ],
  [
    'by memory of another module',
    (x, y) => {
      const memory = new WebAssembly.Memory({ initial: 1 });
      const heap = new Float64Array(memory.buffer);
      heap.set(product(x));
      heap.set(y, 200);
      y.set(heap.subarray(0, n));
    },
  ],
  ['by another operator', (x, y) => void operator(right).multiply(x, 1, false, y)],
  [
    'and returns a part of it',
    (x, y) => {
      right(x, y);
      return y.subarray(1);
    },
  ],
  [
    'and returns it',
    (x, y) => {
      right(x, y);
      return y;
    },
  ],
];

test.each(legitimate)('a function that writes %s gives the bits that it gave', (_, multiply) => {
  const found = core.eigsh(core.operator({ n, multiply: (x, y) => multiply(x, y, 1) as undefined }), {
    k: 3,
    method: 'lanczos',
  });
  expect({ ...found, report: 0 }).toEqual({ ...expected, report: 0 });
});

test('an array that is kept and written to later was still read', () => {
  const kept: Float64Array[] = [];
  const multiply = (x: Float64Array, y: Float64Array) => {
    for (const old of kept) old.fill(1e100);
    kept.push(y);
    right(x, y);
  };
  const psi = core.normals({ seed: 3 }, 2 * n);
  const [late, plain] = [core.operator({ n, multiply }), operator(right)];
  expect(late.multiply(psi, 1, true)).toEqual(plain.multiply(psi, 1, true));
  expect(core.eigsh(late, { k: 3, method: 'lanczos' }).values).toEqual(expected.values);
});
