// Objects of the program that multiply vectors, { n, complex, multiply }: wrapped as operators when they are given for one.
import { checkBoolean, checkInteger, type Name, said, within } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { callback } from './callback.js';
import type { Computed } from './compute.js';
import type { Multiplier } from './types.js';
import type { Multiply } from './writes.js';

/** Largest order of an operator that a program multiplies by. */
const MOST_AMPLITUDES = 2 ** 28;

/** The objects, as they were wrapped last. */
const wrapped = new WeakMap<object, { multiply: unknown; computed: Computed }>();

/** What an object says of itself, by getters of the program or a proxy, which may throw. */
function propertiesOf(name: Name, value: Partial<Multiplier>): Partial<Multiplier> {
  try {
    const { n, complex, multiply } = value;
    return { n, complex, multiply };
  } catch (error) {
    throw new InputError(
      name,
      `expected an object whose n, complex and multiply can be read: ${said(error)}`,
    );
  }
}

/** What is made of an object with a function `multiply`: the same at each call, as long as it says the same of itself. */
export function multiplierOf(name: Name, value: Partial<Multiplier>): Computed | undefined {
  const { n, complex, multiply } = propertiesOf(name, value);
  if (typeof multiply !== 'function' || n === undefined) return undefined;
  const order = checkInteger(within(name, 'n'), n, { min: 0, max: MOST_AMPLITUDES });
  const pairs = checkBoolean(within(name, 'complex'), complex ?? false);
  const known = wrapped.get(value);
  if (known?.multiply === multiply && known.computed.n === order && known.computed.complex === pairs)
    return known.computed;
  // A function without a third parameter multiplies one vector at a time.
  const bound: Multiply =
    multiply.length <= 2
      ? (x, y) => multiply.call(value as Multiplier, x, y, 1)
      : (x, y, columns) => multiply.call(value as Multiplier, x, y, columns);
  const computed = callback(order, pairs, bound);
  wrapped.set(value, { multiply, computed });
  return computed;
}
