// What tests compare is compared as bytes first: doubles by the thousand take vitest longer, one by one, than computing them. Only
// what differs is looked at, and shown, number by number.
import { expect } from 'vitest';

const INSTALLED = Symbol.for('emft: compared as bytes');

/** The bytes of a typed array; its constructor, so that none equals one of another type. */
const bytes = (x: ArrayBufferView) => Buffer.from(x.buffer, x.byteOffset, x.byteLength);

const sameNumbers = (a: unknown[], b: unknown[]) =>
  a.length === b.length && a.every((x, i) => typeof x === 'number' && Object.is(x, b[i]));

function same(a: unknown, b: unknown): true | undefined {
  if (Array.isArray(a) && Array.isArray(b)) return sameNumbers(a, b) || undefined;
  if (!(ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) || a.constructor !== b.constructor) return undefined;
  return bytes(a).equals(bytes(b)) || undefined;
}

// Once a process: files of some projects share one.
if (!(INSTALLED in globalThis)) {
  Object.assign(globalThis, { [INSTALLED]: true });
  expect.addEqualityTesters([same]);
}
