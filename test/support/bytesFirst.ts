// What tests compare is compared as bytes first: doubles by the thousand take vitest longer, one by one, than computing them. Only
// what differs is looked at, and shown, number by number.
import { expect } from 'vitest';

const INSTALLED = Symbol.for('emft: compared as bytes');

/** The bytes of a typed array; its constructor, so that none equals one of another type. */
const bytes = (x: ArrayBufferView) => Buffer.from(x.buffer, x.byteOffset, x.byteLength);

/** Lists of numbers without holes, which `every` would pass over. */
function sameNumbers(a: unknown[], b: unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; ++i) {
    if (typeof a[i] !== 'number' || !Object.is(a[i], b[i])) return false;
  }
  return true;
}

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
