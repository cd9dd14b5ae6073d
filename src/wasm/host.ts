// The features of the host that a core depends on.
import { EmftError } from './errors.js';

/** Throws where there is no WebAssembly at all. */
export function checkHost(): void {
  if (typeof WebAssembly !== 'undefined') return;
  throw new EmftError('this host has no WebAssembly (Node has none with --jitless)');
}

export function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}

/** Milliseconds between two firings of the timer: longer than any core takes to be made. */
const LONG = 2 ** 30;

/**
 * The result of `work`, with the process kept alive until then: Node does not count a WebAssembly module that is being
 * compiled as something to wait for, and would end in the middle of `await createCore()`.
 */
export async function keptAlive<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, LONG);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** A module of one function that multiplies and adds with f64x2.relaxed_madd: valid where relaxed SIMD is. */
const operand = [0x41, 0x00, 0xfd, 0x0f];
const relaxedProbe = new Uint8Array([
  ...[
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01,
    0x00,
  ],
  ...[0x0a, 0x14, 0x01, 0x12, 0x00, ...operand, ...operand, ...operand, 0xfd, 0x87, 0x02, 0x1a, 0x0b],
]);

/** Whether this host supports relaxed SIMD. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(relaxedProbe);
}

/** Whether this host lets threads share memory: Node, or a page that is cross-origin isolated. */
export function hasSharedMemory(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false;
  return (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated ?? true;
}

/** Whether this thread may sleep: the main thread of a page, among others, may not. */
export function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return true;
  } catch {
    return false;
  }
}
