// What functions of the program do wrong, as errors of the library.
import { type Name, said } from './check.js';
import { InputError } from './errors.js';

/** Most characters that a message repeats of what a function of the program threw. */
const REPEATED = 200;

/** What a function of the program, the argument `name`, gives; what it throws is the cause of an InputError. */
export function calledBack<T>(name: Name, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const words = said(error).replace(/\s+/g, ' ');
    const shown = words.length > REPEATED ? `${words.slice(0, REPEATED)}…` : words;
    throw new InputError(name, `threw: ${shown}`, { cause: error });
  }
}
