// Flags and arguments of commands. Each is described once, in the table of its command; from the table come the options of
// commander and with them --help, the parsing, the checks, and the flag that an error of the library is about.
import { Argument, InvalidArgumentError, Option } from 'commander';
import { type ArgumentPath, InputError } from 'emft';

/** Numbers that are allowed. */
export interface Allowed {
  min?: number;
  max?: number;
  /** exclusive lower bound */
  above?: number;
}

export interface Rules<T> {
  /** The value of a flag that is not given; --help shows it. */
  default?: T;
  required?: true;
  allowed?: Allowed;
  /** A flag of the same command whose value this one's exceeds. */
  exceeds?: string;
  /** Flags of the same command that do not go together with this one. */
  excludes?: readonly string[];
  /** Arguments of the library that the value becomes, or parts of: what is wrong with them is wrong with the flag. */
  becomes?: readonly ArgumentPath[];
}

/** One flag, `-o, --output <dir>`, or one argument, `<file>`; `<g...>` takes several. */
export interface Flag<T = unknown> extends Rules<T> {
  usage: string;
  description: string;
  choices?: readonly string[];
  /** From what was typed; an InvalidArgumentError says what was expected. */
  parse?(text: string): unknown;
  /** Holds the type of the value, and nothing. */
  readonly type?: T;
}

// biome-ignore lint/suspicious/noExplicitAny: a table has flags of every type.
export type Table = Record<string, Flag<any>>;
export type Values<F extends Table> = { [K in keyof F]: F[K] extends Flag<infer T> ? T : never };

/** An argument is always there, `<g...>` as a list; a flag that is not required and has no default may be missing. */
type Given<T, U extends string, R> = U extends `<${string}...>`
  ? T[]
  : U extends `<${string}`
    ? T
    : R extends { default: unknown } | { required: true }
      ? T
      : T | undefined;

function finite(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('expected a finite number.');
  return value;
}

function whole(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('expected a whole number.');
  return value;
}

export function number<const U extends string, R extends Rules<number>>(
  usage: U,
  description: string,
  rules?: R,
) {
  return { usage, description, parse: finite, ...rules } as Flag<Given<number, U, R>>;
}

export function integer<const U extends string, R extends Rules<number>>(
  usage: U,
  description: string,
  rules?: R,
) {
  return { usage, description, parse: whole, ...rules } as Flag<Given<number, U, R>>;
}

/** Whole numbers parted by commas. */
export function integers(usage: string, description: string, rules?: Rules<number[]>) {
  const parse = (text: string) => text.split(',').map(whole);
  return { usage, description, parse, ...rules } as Flag<number[] | undefined>;
}

/** One of a few words. */
export function choice<const U extends string, const C extends string, R extends Rules<C>>(
  usage: U,
  description: string,
  choices: readonly C[],
  rules?: R,
) {
  return { usage, description, choices, ...rules } as Flag<Given<C, U, R>>;
}

/** The text as it was typed: names of files, and words that another part knows. */
export function text<const U extends string, R extends Rules<string>>(
  usage: U,
  description: string,
  rules?: R,
) {
  return { usage, description, ...rules } as Flag<Given<string, U, R>>;
}

/** What `parse` makes of the text. */
export function parsed<T>(usage: string, description: string, parse: (text: string) => T, rules?: Rules<T>) {
  return { usage, description, parse, ...rules } as Flag<T | undefined>;
}

/** There or not. */
export function toggle(usage: string, description: string) {
  return { usage, description } as Flag<boolean | undefined>;
}

/** The option of commander; `key` is its name in the table. */
export function optionOf(key: string, flag: Flag): Option {
  const option = new Option(flag.usage, flag.description);
  if (option.attributeName() !== key) throw new Error(`${flag.usage} is called ${key} in its table`);
  if (flag.required) option.makeOptionMandatory();
  if (flag.parse) option.argParser(flag.parse);
  if (flag.choices) option.choices(flag.choices);
  return flag.default === undefined ? option : option.default(flag.default);
}

export function argumentOf({ usage, description, parse, choices }: Flag): Argument {
  const argument = new Argument(usage, description);
  if (choices) argument.choices(choices);
  if (!parse) return argument;
  if (!argument.variadic) return argument.argParser<unknown>(parse);
  return argument.argParser<unknown[]>((text, before = []) => [...before, parse(text)]);
}

/** How errors call it: `--output`; an argument by its name. */
export function called({ usage }: Flag): string {
  if (!usage.startsWith('-')) return new Argument(usage).name();
  const { long, short } = new Option(usage);
  return long ?? short!;
}

/** `allowed` in words, after "expected". */
function inWords({ min, max, above }: Allowed, parse: Flag['parse']): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  const low = above !== undefined ? ` > ${above}` : min !== undefined ? ` ≥ ${min}` : '';
  const high = max !== undefined ? `${low && ' and'} ≤ ${max}` : '';
  return `a ${parse === whole ? 'whole ' : ''}number${low}${high}`;
}

/** Checks what was typed against the table, flags alone and together. */
export function checkValues(table: Table, values: Record<string, unknown>): void {
  for (const [key, flag] of Object.entries(table)) {
    const value = values[key];
    if (value === undefined) continue;
    const { allowed, exceeds, excludes = [], parse } = flag;
    if (allowed || exceeds) {
      const above = exceeds === undefined ? allowed?.above : (values[exceeds] as number);
      for (const one of [value].flat() as number[]) {
        checkAllowed(called(flag), one, { ...allowed, above }, parse);
      }
    }
    for (const other of excludes) {
      if (values[other] === undefined) continue;
      throw new InputError(called(table[other]), `not together with ${called(flag)}`);
    }
  }
}

function checkAllowed(flag: string, x: number, allowed: Allowed, parse: Flag['parse']): void {
  const { min = -Infinity, max = Infinity, above = -Infinity } = allowed;
  if (x >= min && x <= max && x > above) return;
  throw new InputError(flag, `expected ${inWords(allowed, parse)}, got ${x}`);
}

/**
 * The same error about the flag or argument that was typed, where it is about an argument of the library that one of them
 * became. Names of files stay as they are, also where they are called like an argument.
 */
export function asTyped(table: Table, values: Record<string, unknown>, error: InputError): InputError {
  const { path, argument, reason } = error;
  if (Object.values(values).includes(argument)) return error;
  for (const flag of Object.values(table)) {
    const become = flag.becomes?.find((whole) => whole.every((part, i) => part === path[i]));
    if (!become) continue;
    const rest = path.slice(become.length).join('.');
    return new InputError(`${called(flag)}${rest && ` (${rest})`}`, reason);
  }
  return error;
}
