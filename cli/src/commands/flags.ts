// Flags and arguments of commands. Each is described once, in the table of its command. From the table come
// the options of commander and with them --help, the parsing and the checks, and for an error of the
// library the flag that it is about.
import { Argument, Option } from 'commander';
import {
  type ArgumentPath,
  checkChoice,
  checkInteger,
  checkNumber,
  InputError,
  type Range,
  show,
} from 'emft/check';

interface Rules<T> {
  /** The value of a flag that is not given; --help shows it. */
  default?: T;
  required?: true;
  /** The value of a flag that is given again: what both say. */
  joins?(before: T, later: T, name: string): T;
  allowed?: Range;
  /** A flag of the same command whose value must be below this one's. */
  exceeds?: string;
  /** Flags of the same command that cannot be combined with this one. */
  excludes?: readonly string[];
  /** Another flag that must be given, or must have this value, which is its default. */
  onlyWith?: { flag: string; value?: string };
  /** Arguments of the library, or parts of them, that take the value: errors about them are errors about this flag. */
  becomes?: readonly ArgumentPath[];
  /** Arguments that take the value together with those of other flags: errors about them name all of these flags. */
  partOf?: readonly ArgumentPath[];
}

/** One flag, `-o, --output <dir>`, or one argument, `<file>`; `<g...>` takes several. */
export interface Flag<T = unknown> extends Rules<T> {
  usage: string;
  description: string;
  choices?: readonly string[];
  /** Parses the text that was typed; an InputError about `name` says what was expected. */
  parse?(text: string, name: string): unknown;
  /** The text names a file or a directory. */
  file?: true;
  /** Carries the type of the value; it is never set. */
  readonly type?: T;
}

// biome-ignore lint/suspicious/noExplicitAny: a table has flags of every type.
export type Table = Record<string, Flag<any>>;
export type Values<F extends Table> = { [K in keyof F]: F[K] extends Flag<infer T> ? T : never };

/** An argument is always given, `<g...>` as a list; a flag that is not required and has no default may be missing. */
type Given<T, U extends string, R> = U extends `<${string}...>`
  ? T[]
  : U extends `<${string}`
    ? T
    : R extends { default: unknown } | { required: true }
      ? T
      : T | undefined;

/** The number that was typed, or the text if it is none. */
function numeric(text: string): number | string {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : text;
}

export function number<const U extends string, R extends Rules<number>>(
  usage: U,
  description: string,
  rules?: R,
) {
  const parse = (text: string, name: string) => checkNumber(name, numeric(text), rules?.allowed);
  return { usage, description, parse, ...rules } as Flag<Given<number, U, R>>;
}

export function integer<const U extends string, R extends Rules<number>>(
  usage: U,
  description: string,
  rules?: R,
) {
  const parse = (text: string, name: string) => checkInteger(name, numeric(text), rules?.allowed);
  return { usage, description, parse, ...rules } as Flag<Given<number, U, R>>;
}

/** A whole number, or `auto`. */
export function integerOrAuto<const U extends string, R extends Rules<number | 'auto'>>(
  usage: U,
  description: string,
  rules?: R,
) {
  const parse = (text: string, name: string) => {
    if (text === 'auto') return text;
    try {
      return checkInteger(name, numeric(text), rules?.allowed);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(name, error.reason.replace(/(?=, got )/, ' or auto'));
    }
  };
  return { usage, description, parse, ...rules } as Flag<Given<number | 'auto', U, R>>;
}

/** Whole numbers separated by commas. */
export function integers(usage: string, description: string, rules?: Rules<number[]>) {
  const parse = (text: string, name: string) => text.split(',').map((x) => checkInteger(name, numeric(x)));
  return { usage, description, parse, ...rules } as Flag<number[] | undefined>;
}

/** Numbers separated by commas. */
export function numbers<R extends Rules<number[]>>(usage: string, description: string, rules?: R) {
  const parse = (text: string, name: string) =>
    text.split(',').map((x) => checkNumber(name, numeric(x), rules?.allowed));
  return { usage, description, parse, ...rules } as Flag<Given<number[], string, R>>;
}

/** One of a few words. */
export function choice<const U extends string, const C extends string, R extends Rules<C>>(
  usage: U,
  description: string,
  choices: readonly C[],
  rules?: R,
) {
  const parse = (text: string, name: string) => checkChoice(name, text, choices);
  return { usage, description, choices, parse, ...rules } as Flag<Given<C, U, R>>;
}

/** The name of a file or a directory, as it was typed. */
export function file<const U extends string, R extends Rules<string>>(
  usage: U,
  description: string,
  rules?: R,
) {
  return { usage, description, file: true, ...rules } as Flag<Given<string, U, R>>;
}

/** Text that another part parses. */
export function text<const U extends string, R extends Rules<string>>(
  usage: U,
  description: string,
  rules?: R,
) {
  return { usage, description, ...rules } as Flag<Given<string, U, R>>;
}

/** What two values of one flag say of names, each of which has one value. */
export function bothOf<T>(
  before: Record<string, T>,
  later: Record<string, T>,
  name: string,
): Record<string, T> {
  const twice = Object.keys(later).find((key) => Object.hasOwn(before, key));
  if (twice === undefined) return { ...before, ...later };
  throw new InputError(name, `${twice} has two values, ${before[twice]} and ${later[twice]}`);
}

/** The result of `parse`; undefined means that the text is not what `expected` says, which is an error. */
export function parsed<T>(
  usage: string,
  description: string,
  expected: string,
  read: (text: string) => T | undefined,
  rules?: Rules<T>,
) {
  const parse = (text: string, name: string) => {
    const value = read(text);
    if (value === undefined) throw new InputError(name, `expected ${expected}, got ${show(text)}`);
    return value;
  };
  return { usage, description, parse, ...rules } as Flag<T | undefined>;
}

/** A flag without a value. */
export function toggle(usage: string, description: string) {
  return { usage, description } as Flag<boolean | undefined>;
}

/** The option for commander; `key` is its name in the table. */
export function optionOf(key: string, flag: Flag): Option {
  const option = new Option(flag.usage, flag.description);
  if (option.attributeName() !== key) throw new Error(`${flag.usage} is called ${key} in its table`);
  // Choices come first: commander would otherwise check them with messages of its own.
  if (flag.choices) option.choices(flag.choices);
  if (flag.parse) {
    option.argParser((text, before: unknown) => {
      const value = flag.parse!(text, called(flag));
      return flag.joins && before !== undefined ? flag.joins(before, value, called(flag)) : value;
    });
  }
  return flag.default === undefined ? option : option.default(flag.default);
}

export function argumentOf(flag: Flag): Argument {
  const { usage, description, parse, choices } = flag;
  const argument = new Argument(usage, description);
  if (choices) argument.choices(choices);
  if (!parse) return argument;
  if (!argument.variadic) return argument.argParser<unknown>((text) => parse(text, called(flag)));
  return argument.argParser<unknown[]>((text, before = []) => [...before, parse(text, called(flag))]);
}

/** The name of a flag in errors: `--output`; of an argument its name. */
export function called({ usage }: Flag): string {
  if (!usage.startsWith('-')) return new Argument(usage).name();
  const { long, short } = new Option(usage);
  return long ?? short!;
}

/** Checks the values of flags together; each value alone was checked when it was parsed. */
export function checkValues(table: Table, values: Record<string, unknown>): void {
  for (const [key, flag] of Object.entries(table)) {
    const { description, required, exceeds, excludes = [], onlyWith } = flag;
    const value = values[key];
    if (value === undefined) {
      if (required) throw new InputError(called(flag), `missing: ${description}`);
      continue;
    }
    if (exceeds !== undefined) checkNumber(called(flag), value, { above: values[exceeds] as number });
    for (const other of excludes) {
      if (values[other] === undefined) continue;
      throw new InputError(called(table[other]), `not together with ${called(flag)}`);
    }
    if (onlyWith) checkCompany(called(flag), table, values, onlyWith);
  }
}

function checkCompany(
  name: string,
  table: Table,
  values: Record<string, unknown>,
  { flag, value }: NonNullable<Flag['onlyWith']>,
): void {
  const given = values[flag];
  if (value === undefined ? given !== undefined : given === undefined || given === value) return;
  throw new InputError(name, `only with ${called(table[flag])}${value === undefined ? '' : ` ${value}`}`);
}

/**
 * Converts an error about an argument of the library to the same error about the flag or argument that was typed, in
 * the words of the command line. Names of files are left as they are, even if they equal the name of an argument.
 */
export function asTyped(
  table: Table,
  values: Record<string, unknown>,
  error: InputError,
  words: Readonly<Record<string, string>> = {},
): InputError {
  const { path, argument } = error;
  if (Object.entries(table).some(([key, { file }]) => file && values[key] === argument)) return error;
  const reason = Object.entries(words).reduce((text, [from, to]) => text.replaceAll(from, to), error.reason);
  const flags = Object.values(table);
  const begins = (whole: ArgumentPath) => whole.every((part, i) => part === path[i]);
  for (const flag of flags) {
    const become = flag.becomes?.find(begins);
    if (!become) continue;
    const rest = path.slice(become.length).join('.');
    return new InputError(`${called(flag)}${rest && ` (${rest})`}`, reason);
  }
  const several = flags.filter(({ partOf }) => partOf?.some((w) => w.length === path.length && begins(w)));
  return several.length > 0 ? new InputError(several.map(called).join(', '), reason) : error;
}
