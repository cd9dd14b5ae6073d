// Values on their way between two threads. Numbers, texts, arrays and plain objects go as they are; results that have
// methods are made anew on the other side; what only one side can have, such as an operator, goes as its number.
import { Eigh, EighBatch, orderOf } from '../eigen/result.js';
import { Eigsh } from '../operator/eigshResult.js';
import { type Written, writtenOf } from '../operator/written.js';
import { said, show } from '../wasm/check.js';
import {
  type ArgumentPath,
  ConvergenceError,
  EmftError,
  InputError,
  MemoryError,
  WorkerError,
} from '../wasm/errors.js';
import { bufferOf, lengthOf, typeTag } from '../wasm/typedArrays.js';
import { knownAs } from '../wasm/written.js';
import type { SentError } from './messages.js';

/** Marks what stands for something else. A key that no argument and no result has. */
const KIND = '@emft';

/** What stands for an object of the worker: its number, what can be read of it, and the names of its methods. */
export interface Sign {
  [KIND]: 'object';
  target: number;
  fields: Record<string, unknown>;
  methods: readonly string[];
}

type Walk = (value: object, path: ArgumentPath) => unknown;

/** Lists of numbers are left as they are: they can be long. */
const isFlat = (list: readonly unknown[]) =>
  list.every((item) => item === null || (typeof item !== 'object' && typeof item !== 'function'));

/** A copy of `value` in which `change` has replaced what it knows; it returns undefined for what it does not. */
function walk(value: unknown, path: ArgumentPath, change: Walk): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
  const changed = change(value, path);
  if (changed !== undefined) return changed;
  if (Array.isArray(value)) {
    return isFlat(value) ? value : value.map((item, i) => walk(item, [...path, i], change));
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key], change)]),
  );
}

/** The elements of a view of a part of its memory, or of shared memory, in memory of their own: a message takes all along. */
function apart(view: ArrayBufferView): ArrayBufferView {
  const type = typeTag.call(view) as 'Float64Array' | undefined;
  if (!type) return view;
  const buffer = bufferOf(view);
  // From a typed array the elements are taken that it has, whatever it says of itself.
  const whole = lengthOf(view) * globalThis[type].BYTES_PER_ELEMENT === buffer.byteLength;
  return whole && buffer instanceof ArrayBuffer ? view : new globalThis[type](view as Float64Array);
}

/** Vectors, and how they are written where that is known: of a copy it is not. */
function known(sent: ArrayBufferView, from: ArrayBufferView): unknown {
  const written = writtenOf(from);
  return written ? { [KIND]: 'vectors', vectors: sent, written } : sent;
}

/** The vectors that such an object stands for. */
function knownAgain(value: object): ArrayBufferView | undefined {
  const { [KIND]: kind, vectors, written } = value as Record<string, unknown>;
  return kind === 'vectors' ? knownAs(vectors as ArrayBufferView, written as Written) : undefined;
}

/** Vectors of a result, or what stands for them. */
function asKnown(vectors: Float64Array): Float64Array {
  return ArrayBuffer.isView(vectors) ? vectors : (knownAgain(vectors) as Float64Array);
}

/** What stands for objects of workers, of all clients. */
const standIns = new WeakSet<object>();

/** Marks what stands for an object of a worker. */
export function markStandIn<T extends object>(object: T): T {
  standIns.add(object);
  return object;
}

/** Whether memory has gone to another thread, or was given up otherwise. */
function isGone(buffer: ArrayBufferLike): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/** Refuses what cannot go to the worker. */
function checkSendable(value: object, path: ArgumentPath): void {
  if (standIns.has(value)) {
    throw new InputError(path, 'belongs to another client, whose worker has it: make it with this one');
  }
  if (typeof value === 'function') {
    throw new InputError(
      path,
      `expected what can be sent to a worker, got ${show(value)}: make operators with this client; a function of your own needs a worker of your own (emft/client/serve)`,
    );
  }
  if (value instanceof AbortSignal) {
    throw new InputError(path, `expected what can be sent to a worker, got ${show(value)}`);
  }
  if (ArrayBuffer.isView(value) && isGone(bufferOf(value))) {
    throw new InputError(path, 'has no memory any more: it was transferred before');
  }
}

/** Arguments as they are sent. `numbers` are those of what stands for objects of the worker; memory in `moved` goes along. */
export function packArguments(
  given: readonly unknown[],
  numbers: WeakMap<object, number>,
  moved: WeakSet<ArrayBufferLike>,
): { args: unknown[]; transfer: ArrayBuffer[] } {
  const buffers = new Set<ArrayBuffer>();
  const change: Walk = (value, path) => {
    const target = numbers.get(value);
    if (target !== undefined) return { [KIND]: 'object', target };
    checkSendable(value, path);
    if (!ArrayBuffer.isView(value)) return undefined;
    const buffer = bufferOf(value);
    if (!moved.has(buffer)) return known(apart(value), value);
    if (buffer instanceof ArrayBuffer && buffer.byteLength > 0) buffers.add(buffer);
    return known(value, value);
  };
  const args = given.map((argument, i) => walk(argument, ['arguments', i], change));
  return { args, transfer: [...buffers] };
}

/** Arguments as the worker has them. `objectOf` throws for a number that it does not know. */
export function unpackArguments(args: readonly unknown[], objectOf: (target: number) => object) {
  return args.map((argument) =>
    walk(argument, [], (value) => {
      const sign = value as Partial<Sign>;
      return sign[KIND] === 'object' ? objectOf(sign.target!) : knownAgain(value);
    }),
  );
}

/**
 * A result as it is sent, and the memory that goes with it: all of it, or with `moved` only what is in there. `keep` gives an object
 * with methods its number.
 */
export function packResult(
  result: unknown,
  keep: (value: object) => number,
  moved?: WeakSet<ArrayBufferLike>,
) {
  const buffers = new Set<ArrayBuffer>();
  const change: Walk = (value) => {
    if (ArrayBuffer.isView(value)) {
      const sent = moved?.has(bufferOf(value)) ? value : apart(value);
      const buffer = bufferOf(sent);
      if (buffer instanceof ArrayBuffer && (!moved || moved.has(buffer))) buffers.add(buffer);
      return known(sent, value);
    }
    if (value instanceof Eigh) return { [KIND]: 'eigh', ...plain({ ...value }, change) };
    if (value instanceof Eigsh) return { [KIND]: 'eigsh', ...plain({ ...value }, change) };
    if (value instanceof EighBatch) {
      return { [KIND]: 'batch', order: orderOf(value), ...plain({ ...value }, change) };
    }
    const methods = Object.keys(value).filter(
      (key) => typeof (value as Record<string, unknown>)[key] === 'function',
    );
    if (methods.length === 0) return undefined;
    const fields = Object.fromEntries(Object.entries(value).filter(([key]) => !methods.includes(key)));
    // What stays with the worker is copied.
    return { [KIND]: 'object', target: keep(value), fields: structuredClone(fields), methods };
  };
  const value = walk(result, [], change);
  return { value, transfer: [...buffers] };
}

const plain = (value: object, change: Walk) => walk(value, [], change) as object;

/** A result as the client hands it out. `standFor` makes what stands for an object of the worker. */
export function unpackResult(value: unknown, standFor: (sign: Sign) => object): unknown {
  return walk(value, [], (item) => {
    // In an array of numbers each would become a field.
    if (ArrayBuffer.isView(item)) return knownAgain(item);
    const { [KIND]: kind, ...rest } = item as Record<string, unknown>;
    if (kind === 'object') return standFor(item as Sign);
    if (kind === 'eigh') {
      const { values, vectors, convergence, ...accuracy } = rest as unknown as Eigh;
      return new Eigh(
        values,
        asKnown(vectors),
        convergence,
        accuracy as ConstructorParameters<typeof Eigh>[3],
      );
    }
    if (kind === 'eigsh') {
      const { vectors } = rest;
      return new Eigsh({ ...rest, vectors: asKnown(vectors as Float64Array) } as unknown as Eigsh);
    }
    if (kind === 'batch') {
      const { order, values, vectors, convergence } = rest as unknown as EighBatch & { order: number };
      return new EighBatch(order, values, asKnown(vectors), convergence);
    }
    return knownAgain(item);
  });
}

/** Anything may have been thrown: an object without a text, or an error whose name is no string. */
export function packError(error: unknown): SentError {
  try {
    return readError(error);
  } catch {
    return { name: 'Error', message: said(error) };
  }
}

function readError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const [name, message] = [String(error.name), String(error.message)];
  if (error instanceof InputError) return { name, message, path: error.path, reason: error.reason };
  if (error instanceof MemoryError) {
    return { name, message, needed: error.needed, available: error.available };
  }
  return { name, message };
}

export function unpackError({ name, message, path, reason, needed, available }: SentError): Error {
  // Errors of others may have these names.
  if (name === 'InputError' && path && reason !== undefined) return new InputError(path, reason);
  if (name === 'MemoryError' && needed !== undefined) return new MemoryError(needed, message, available);
  if (name === 'WorkerError') return new WorkerError(message);
  if (name === 'ConvergenceError') return new ConvergenceError(message);
  if (name === 'EmftError') return new EmftError(message);
  const error = new Error(message);
  error.name = name;
  return error;
}
