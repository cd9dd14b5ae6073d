// What is in the .wasm files, and what must not be.
import { readdirSync, readFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { expect, test } from 'vitest';

const folder = new URL('../../../build/', import.meta.url);
const builds = readdirSync(folder).filter((name) => name.endsWith('.wasm'));

/** The atomic instructions of a module, from its disassembly. */
function atomics(bytes: Uint8Array): string[] {
  const module = binaryen.readBinary(bytes);
  try {
    return [...new Set(module.emitText().match(/\b(?:memory|i32|i64)\.atomic\.\w+/g))].sort();
  } finally {
    module.dispose();
  }
}

test('the disassembly shows the instructions that wait and notify', () => {
  const module = binaryen.parseText(`(module
    (memory 1 1 shared)
    (func (export "f") (result i32)
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))
      (drop (memory.atomic.wait64 (i32.const 0) (i64.const 0) (i64.const 1)))
      (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 1))))`);
  const bytes = module.emitBinary();
  module.dispose();
  expect(atomics(bytes)).toEqual(['memory.atomic.notify', 'memory.atomic.wait32', 'memory.atomic.wait64']);
});

test.each(builds)(
  // Regression: the baseline tier of V8 11.3 loses registers over memory.atomic.wait32.
  '%s neither waits nor notifies by an instruction of its own',
  (name) => {
    const found = atomics(readFileSync(new URL(name, folder)));
    const own = ['i32.atomic.load', 'i32.atomic.rmw', 'i32.atomic.store'];
    expect(found).toEqual(name.endsWith('-threads.wasm') ? own : []);
  },
);

test('every build is looked at', () => {
  expect(builds.sort()).toEqual([
    'eigen.simd.wasm',
    'emft.relaxed-threads.wasm',
    'emft.relaxed.wasm',
    'emft.simd-threads.wasm',
    'emft.simd.wasm',
  ]);
});
