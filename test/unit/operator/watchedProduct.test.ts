// The watched product of a function of the program: that it is one, leaves the function's own state as it was, and is over when it is over.
import { createCore, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const n = 30;

/** A path of n sites. */
const path = (x: Float64Array, i: number) => (i > 0 ? x[i - 1] : 0) + (i < n - 1 ? x[i + 1] : 0);
const product = (x: Float64Array) => x.map((_, i) => path(x, i));
const right = (x: Float64Array, y: Float64Array) => y.set(product(x));
const operator = (multiply: (x: Float64Array, y: Float64Array) => void): Operator =>
  core.operator({ n, multiply: (x, y) => multiply(x, y) });
const expected = core.eigsh(operator(right), { k: 3, method: 'lanczos' });

test('the watched product is one, and not made again', () => {
  let calls = 0;
  const counted = operator((x, y) => {
    calls++;
    right(x, y);
  });
  const x = new Float64Array(n).fill(1);
  counted.multiply(x);
  expect(calls).toBe(2);
  counted.multiply(x);
  counted.scaled(3).plus(counted).multiply(x);
  expect(calls).toBe(4);
});

test('a function was ended in the middle of its first product when it had made many assignments, and is not watched at such orders', () => {
  const large = 2 ** 18;
  const counts: number[] = [];
  const many = core.operator({
    n: large,
    multiply: (x, y) => {
      let written = 0;
      try {
        for (let again = 0; again < 40; ++again)
          for (let i = 0; i < large; ++i) {
            y[i] = 2 * x[i];
            written++;
          }
      } finally {
        counts.push(written);
      }
    },
  });
  expect(many.multiply(new Float64Array(large).fill(1))).toEqual(new Float64Array(large).fill(2));
  expect(counts).toEqual([40 * large]);
});

test('a y that is kept as scratch was watched for ever', () => {
  let kept: Float64Array | undefined;
  let made = 0;
  const multiply = (x: Float64Array, y: Float64Array) => {
    kept ??= y;
    made++;
    for (let i = 0; i < n; ++i) kept[i] = path(x, i);
    // Beyond its own array, after the product that was watched: it is the function's own by now.
    if (made > 1) kept[n] = 1;
    y.set(kept);
  };
  const x = new Float64Array(n).fill(1);
  const h = operator(multiply);
  for (let again = 0; again < 1000; ++again) expect(h.multiply(x)).toEqual(product(x));
});

test('a function that multiplies by its own operator ended the process', () => {
  let calls = 0;
  const own: Operator = core.operator({
    n: 60,
    multiply: (x, y) => {
      calls++;
      y.set(own.multiply(x));
    },
  });
  for (let again = 0; again < 2; ++again) {
    expect(() => own.multiply(new Float64Array(60).fill(1))).toThrow(/multiplies by its own operator/);
    expect(calls).toBeLessThan(100);
  }
  expect(core.eigsh(operator(right), { k: 3, method: 'lanczos' }).values).toEqual(expected.values);
});

test('H = 0 made in place, or with x as scratch, was said to leave its result in x', () => {
  for (const multiply of [
    (x: Float64Array, y: Float64Array) => {
      x.fill(0);
      y.set(x);
    },
    (x: Float64Array, y: Float64Array) => {
      x.fill(0);
      Float64Array.prototype.set.call(y, x);
    },
    (x: Float64Array, y: Float64Array) => {
      for (let i = 0; i < x.length; ++i) {
        x[i] *= 2;
        y[i] = 0 * x[i];
      }
    },
  ])
    for (const order of [n, 100_000]) {
      const zero = core.operator({ n: order, multiply: (x, y) => multiply(x, y) });
      expect(zero.multiply(new Float64Array(order).fill(1))).toEqual(new Float64Array(order));
    }
});

test('a function that is right only once was watched then, and taken for H = 0', () => {
  let kept: Float64Array | undefined;
  const once = operator((x, y) => {
    kept ??= y;
    kept.set(product(x));
  });
  expect(() => core.eigsh(once, { k: 2 })).toThrow(/is not linear/);
  let done = false;
  const first = operator((x, y) => {
    if (!done) right(x, y);
    done = true;
  });
  expect(() => core.eigsh(first, { k: 2 })).toThrow(/is not linear/);
});

test('what a function throws after it changed x was lost', () => {
  const broken = operator((x) => {
    x.sort();
    throw new Error('GPU lost');
  });
  expect(() => core.eigsh(broken, { k: 1 })).toThrow(/threw: GPU lost/);
  expect(() => broken.multiply(new Float64Array(n).fill(1))).toThrow(/threw: GPU lost/);
});

test('a y that a function gave a method of its own failed in the watched product', () => {
  const failures: unknown[] = [];
  const named = operator((x, y) => {
    const value = (of: Float64Array) => {
      for (let i = 0; i < n; ++i) y[i] = of[i];
    };
    Object.defineProperty(y, 'set', { value });
    try {
      y.set(product(x));
    } catch (error) {
      failures.push(error);
    }
  });
  const x = new Float64Array(n).fill(1);
  expect(named.multiply(x)).toEqual(product(x));
  expect(failures).toEqual([]);
});

describe('a function that hands its y on to another operator', () => {
  const inner = operator(right);
  const ones = new Float64Array(n).fill(1);

  test('failed in the watched product, of whose other writes nothing was seen', () => {
    const failures: unknown[] = [];
    const outer = operator((x, y) => {
      try {
        inner.multiply(x, 1, false, y);
      } catch (error) {
        failures.push(error);
      }
    });
    expect(outer.multiply(ones)).toEqual(product(ones));
    expect(core.eigsh(outer, { k: 3, method: 'lanczos' }).values).toEqual(expected.values);
    expect(failures).toEqual([]);
    const beyond = operator((x, y) => {
      inner.multiply(x, 1, false, y);
      y[n] = 1;
    });
    expect(() => beyond.multiply(ones)).toThrow(/wrote to y\[30\]/);
  });

  test('reads it too, hands on parts of it, and has whatever else the library makes of it', () => {
    const two = core.operator({
      n: 2 * n,
      multiply: (x, y) => {
        for (const from of [0, n])
          inner.multiply(x.subarray(from, from + n), 1, false, y.subarray(from, from + n));
        inner.multiply(y, 2, false, y);
        y.set(inner.multiply(y.subarray(0, n)));
        if (core.expectation(inner, y.subarray(n))[0] > 1e300) throw new Error('far');
      },
    });
    const seen: string[] = [];
    const watched = core.operator({
      n: 2 * n,
      multiply: (x, y) => {
        two.multiply(x, 1, false, y);
        seen.push(Array.from(y).join());
      },
    });
    const x = core.normals({ seed: 5 }, 2 * n);
    expect(watched.multiply(x)).toEqual(two.multiply(x));
    expect(seen.length).toBe(2);
    expect(seen.every((words) => !words.includes('NaN'))).toBe(true);
  });

  test('in the wrong order is one that writes nothing to y', () => {
    const swapped = operator((y, x) => void inner.multiply(x, 1, false, y));
    expect(() => swapped.multiply(ones)).toThrow(/wrote nothing to y, its second argument, and to x/);
  });
});
