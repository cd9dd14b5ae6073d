// One call with perhaps hostile arguments, and what must hold after it.
import { EmftError, InputError } from 'emft';
import fc from 'fast-check';
import type { Fuzzed } from './functions.js';
import { Lazy, made, oddities, wrongTypes } from './values.js';

export type Callable = (...args: never[]) => unknown;

/** Where a wrong value was put: the parameter or option whose name an error has to contain. */
interface Injected {
  name: string;
  /** No argument takes it: the call has to throw. */
  certain: boolean;
}

/** Arguments and what was done to them. */
export interface Call {
  args: unknown[];
  /** The arguments before anything was done to them. */
  original: unknown[];
  injected: Injected | null;
}

const isPlain = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype;

/** Replaces an argument or an option of one by a hostile value, adds an unknown option, or leaves out an argument. */
function spoil({ parameters }: Fuzzed, args: unknown[], pick: number[]): Call {
  const at = pick[0] % parameters.length;
  const value =
    pick[1] % 2 === 0 ? wrongTypes[pick[2] % wrongTypes.length] : oddities[pick[2] % oddities.length];
  const certain = pick[1] % 2 === 0;
  const spoiled = [...args];
  const inside = spoiled[at];
  const keys = isPlain(inside) ? Object.keys(inside) : [];
  if (isPlain(inside) && pick[3] % 5 === 4) {
    spoiled[at] = { ...inside, unheardOf: 1 };
    return { args: spoiled, original: args, injected: { name: 'unheardOf', certain: true } };
  }
  if (keys.length > 0 && pick[3] % 5 > 0) {
    const key = keys[pick[4] % keys.length];
    spoiled[at] = { ...(inside as object), [key]: value };
    if (pick[3] % 5 === 3) {
      spoiled[at] = new Lazy(`object whose ${key} throws`, () =>
        Object.defineProperty(made(inside) as object, key, {
          get() {
            throw new TypeError('trap');
          },
          enumerable: true,
        }),
      );
      return { args: spoiled, original: args, injected: { name: key, certain: true } };
    }
    return { args: spoiled, original: args, injected: { name: key, certain } };
  }
  spoiled[at] = value;
  return { args: spoiled, original: args, injected: { name: parameters[at], certain } };
}

export function callsOf(fuzzed: Fuzzed): fc.Arbitrary<Call> {
  return fc.oneof(
    { weight: 2, arbitrary: fuzzed.valid.map((args) => ({ args, original: args, injected: null })) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fuzzed.valid, fc.array(fc.nat(1 << 20), { minLength: 5, maxLength: 5 }))
        .map(([args, pick]) => spoil(fuzzed, args, pick)),
    },
  );
}

/** A result of eigsh, whose report has the seconds of a clock. */
function isTimed(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'report' in value && 'vector' in value;
}

/** What a call gave, with every bit in it but those of a clock. */
export function bits(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('hex');
  }
  if (Array.isArray(value)) return value.map(bits);
  if (isPlain(value) || isTimed(value)) {
    const entries = Object.entries(value).filter(([key]) => key !== 'seconds');
    return entries.map(([key, item]) => [key, bits(item)]);
  }
  return Object.is(value, -0) ? '-0' : value;
}

async function attempt(run: Callable, args: unknown[]): Promise<{ threw: boolean; error?: unknown }> {
  try {
    await (run as (...args: unknown[]) => unknown)(...args.map(made));
    return { threw: false };
  } catch (error) {
    return { threw: true, error };
  }
}

/** Throws unless the call returned, or threw a typed error that says what is wrong. */
export async function check(run: Callable, { args, original, injected }: Call): Promise<void> {
  const ended = await attempt(run, args);
  if (!ended.threw) {
    if (injected?.certain) throw new Error(`a wrong ${injected.name} was accepted`);
    return;
  }
  const { error } = ended;
  if (error instanceof DOMException && error.name === 'AbortError') return;
  if (!(error instanceof EmftError)) {
    const stack = error instanceof Error ? error.stack : String(error);
    throw new Error(`an error that is not typed: ${stack}`);
  }
  if (error.message === '' || error.message.includes('\n') || error.message.length > 700) {
    throw new Error(`a message that is empty or not one line: ${error.message.slice(0, 1000)}`);
  }
  if (!(error instanceof InputError)) return;
  if (!error.message.startsWith(`${error.argument}: `)) throw new Error(`no argument in: ${error.message}`);
  if (!injected?.certain || error.message.includes(injected.name)) return;
  // Something else may be wrong as well.
  const { threw } = await attempt(run, original);
  if (!threw) {
    throw new Error(`${injected.name} is wrong, but the error is about something else: ${error.message}`);
  }
}
