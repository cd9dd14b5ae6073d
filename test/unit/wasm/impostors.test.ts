// Typed arrays that say of themselves what is not so: heirs of Float64Array with a length, a memory and methods of their own. What counts
// is what their memory holds: every function gives the bits that it gives for plain ones.
import { createCore } from 'emft';
import * as accuracy from 'emft/accuracy';
import { describe, expect, test } from 'vitest';
import { accuracyFunctions } from '../../fuzz/accuracy.js';
import { bits } from '../../fuzz/calls.js';
import { coreFunctions } from '../../fuzz/functions.js';

const core = await createCore();

/** Says what is not so, beside the array's own elements. */
const lies = {
  length: { get: () => 1 },
  byteLength: { get: () => 8 },
  byteOffset: { get: () => 8 },
  buffer: { get: () => new ArrayBuffer(16) },
  constructor: { get: () => Array },
  ...Object.fromEntries(
    ['subarray', 'slice', 'map', 'every', 'some', 'find', 'findIndex', 'keys', 'at', Symbol.iterator].map(
      (key) => [
        key,
        {
          value: () => {
            throw new Error(`${String(key)} was asked`);
          },
        },
      ],
    ),
  ),
};

let made = 0;
/** The same elements in the middle of a larger memory, which the array does not own up to. */
function liar<T extends Float64Array | Float32Array | Int32Array>(honest: T): T {
  made++;
  const type = Object.getPrototypeOf(honest).constructor;
  const memory = new ArrayBuffer(honest.byteLength + 32);
  const array = new type(memory, 16, honest.length);
  array.set(honest);
  return Object.defineProperties(array, lies);
}

function withLiars(value: unknown): unknown {
  if (value instanceof Float64Array || value instanceof Float32Array || value instanceof Int32Array)
    return liar(value);
  if (Array.isArray(value)) return value.map(withLiars);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  // Operators are objects that are known again by themselves.
  if (Object.isFrozen(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withLiars(item)]));
}

const all: [string, object, ReturnType<typeof coreFunctions>][] = [
  ['core', core, coreFunctions(core)],
  ['emft/accuracy', accuracy, accuracyFunctions],
];
const cases = all.flatMap(([group, owner, described]) =>
  Object.entries(described).flatMap(([name, { reference }]): [string, object, readonly unknown[]][] => {
    const before = made;
    withLiars(reference);
    return made > before ? [[`${group}.${name}`, owner, reference]] : [];
  }),
);

test('most functions take typed arrays', () => {
  expect(cases.length).toBeGreaterThan(60);
});

test.each(cases)('%s', async (path, owner, reference) => {
  const run = (owner as Record<string, (...args: unknown[]) => unknown>)[path.slice(path.indexOf('.') + 1)];
  const timeless = (result: unknown) => JSON.stringify(bits(result));
  const expected = timeless(await run(...reference));
  const given = withLiars(reference) as unknown[];
  expect(timeless(await run(...given))).toBe(expected);
});

describe('operators', () => {
  const h = core.csr({ n: 3, indptr: [0, 1, 2, 3], indices: [0, 1, 2], data: [2, 3, 4] });

  test('multiply by what is there, and give back the array that is written to', () => {
    const x = Float64Array.of(1, 2, 3);
    const out = liar(new Float64Array(3));
    expect(h.multiply(liar(x), 1, false, out)).toBe(out);
    expect([out[0], out[1], out[2]]).toEqual([2, 6, 12]);
    expect(() => h.multiply(liar(new Float64Array(1)), 1)).toThrow(/^x: expected 3 elements, got 1/);
  });

  test('an array of one element that counted as the matrix of order 2', () => {
    const short = Object.defineProperty(Float64Array.of(7), 'length', { value: 4 });
    expect(() => core.eigh(short, 2)).toThrow(/^a: expected n\*n = 4 elements, got 1/);
    expect(() => core.operator({ n: 2, matrix: short })).toThrow(/expected 4 elements, got 1/);
    expect(() => core.gapRatio(short)).toThrow(/^levels: /);
  });
});

test('an array whose memory has shrunk was one without elements', () => {
  const resizable = ArrayBuffer as unknown as new (bytes: number, options: object) => ArrayBuffer;
  const memory = new resizable(800, { maxByteLength: 800 });
  const array = new Float64Array(memory, 0, 100);
  (memory as ArrayBuffer & { resize(bytes: number): void }).resize(8);
  const none = core.operator({ n: 0, matrix: new Float64Array(0) });
  for (const call of [
    () => core.eigh(array, 0),
    () => core.operator({ n: 0, matrix: array }),
    () => none.multiply(array, 0),
  ])
    expect(call).toThrow(/detached|too short/);
});
