// Lists of csr and coo that are not what they seem.
import { runInNewContext } from 'node:vm';
import { createCore, InputError } from 'emft';
import { expect, test } from 'vitest';

const core = await createCore();
const csr = { n: 2, indptr: [0, 1, 2], indices: [1, 0], data: [3, 3] };
const coo = { n: 2, row: [0, 1], col: [1, 0], data: [3, 3] };
/** Every list of both, with a call that has another one in its place. */
const lists = (['indptr', 'indices', 'data', 'row', 'col'] as const).flatMap((name) =>
  (['csr', 'coo'] as const)
    .filter((call) => name in (call === 'csr' ? csr : coo))
    .map((call) => ({
      call,
      name,
      given: (call === 'csr' ? csr : coo)[name as never] as number[],
      make: (list: unknown) => core[call]({ ...(call === 'csr' ? csr : coo), [name]: list } as never),
    })),
);
const types = (name: string) => (name === 'data' ? [Float64Array] : [Int32Array, Uint32Array]);
const expected = Float64Array.of(0, 3, 3, 0);

test.each(lists)(
  '$name of $call: its memory is read, whatever the array says of itself',
  ({ name, given, make }) => {
    for (const type of types(name)) {
      const array = type.from(given);
      const shared = new type(new SharedArrayBuffer(array.byteLength) as never);
      shared.set(array);
      for (const list of [
        shared,
        runInNewContext(`${type.name}.from(array)`, { array }),
        Object.defineProperty(array.slice(), 'length', { value: 1 }),
        Object.defineProperty(array.slice(), 'length', { value: -1 }),
        Object.defineProperty(array.slice(), 'constructor', { get: () => Map }),
      ]) {
        expect(make(list).toDense()).toEqual(expected);
      }
    }
  },
);

test.each(lists)(
  '$name of $call: a Proxy, an heir and detached memory are refused by name',
  ({ name, given, make }) => {
    for (const type of types(name)) {
      const gone = type.from(given);
      structuredClone(gone, { transfer: [gone.buffer] });
      for (const list of [gone, new Proxy(type.from(given), {}), Object.create(type.prototype)]) {
        expect(() => make(list)).toThrow(InputError);
        expect(() => make(list)).toThrow(new RegExp(`^matrix\\.${name}: expected `));
      }
    }
  },
);
