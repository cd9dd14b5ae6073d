// The copies that arguments are read into.
import { InputError } from 'emft';
import { expect, test } from 'vitest';
import { readList } from '../../../src/wasm/check.js';

test('a typed array too long for a list of JavaScript was an invalid array length: its copy is typed', () => {
  const given = Float64Array.of(1, 2, 3);
  const copy = readList('a', given);
  expect(copy).toBeInstanceOf(Float64Array);
  expect(copy).toEqual(given);
  expect((copy as Float64Array).buffer).not.toBe(given.buffer);
  for (const Type of [Float32Array, Int8Array, Uint32Array]) {
    expect(readList('a', Type.of(1, 2, 3))).toEqual(given);
  }
  expect(readList('a', [1, '2', null])).toEqual([1, '2', null]);
  expect(readList('a', new BigInt64Array(2))).toBeNull();
  expect(readList('a', new Set([1]))).toBeNull();
});

test('a detached one is refused by name', () => {
  const gone = new Float64Array(4);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  expect(() => readList('a', gone)).toThrow(InputError);
  expect(() => readList('a', gone)).toThrow(/^a: .*detached/);
});
