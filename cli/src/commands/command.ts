// A command: its name and words, its tables of arguments and flags, and what it does with their values.
import type { Command } from 'commander';
import { InputError } from 'emft/check';
import { argumentOf, asTyped, called, checkValues, optionOf, type Table, type Values } from './flags.js';

/** Flags that a command requires unless another one is given. */
interface Requirement {
  flags: readonly string[];
  unless: string;
  /** The flags to give, for the message. */
  hint: string;
}

interface Description<A extends Table, F extends Table> {
  name: string;
  description: string;
  /**
   * Arguments of a call that succeeds if matrix.mtx is a symmetric matrix, experiment.toml an experiment, spins.toml one
   * of spins, table.csv a table with columns g and eta, and run the directory of its results. --help shows it, and
   * tests of all commands run it.
   */
  example: string;
  arguments?: A;
  flags: F;
  requires?: Requirement;
  /** Words in errors of the library, and what the command line calls them. */
  words?: Readonly<Record<string, string>>;
  /** Text below the list of flags. */
  help?: () => string;
  hidden?: true;
  run(values: Values<A> & Values<F>): Promise<void> | void;
}

/** A command with any flags. */
export interface CommandTable extends Omit<Description<Table, Table>, 'run'> {
  arguments: Table;
  run(values: Record<string, unknown>): Promise<void> | void;
}

// biome-ignore lint/complexity/noBannedTypes: a command without arguments has none.
export function command<F extends Table, A extends Table = {}>(description: Description<A, F>): CommandTable {
  return { arguments: {}, ...description } as CommandTable;
}

/** Adds a command to the program. */
export function addCommand(program: Command, described: CommandTable): void {
  const { name, description, example, hidden } = described;
  const made = program.command(name, { hidden }).description(description);
  for (const one of Object.values(described.arguments)) made.addArgument(argumentOf(one));
  for (const [key, flag] of Object.entries(described.flags)) made.addOption(optionOf(key, flag));
  if (described.help) made.addHelpText('after', described.help);
  made.addHelpText('after', `\nExample: ${`emft ${name} ${example}`.trimEnd()}`);
  made.action(() => {
    const typed = Object.keys(described.arguments).map((key, i) => [key, made.processedArgs[i]]);
    return run(described, { ...Object.fromEntries(typed), ...made.opts() });
  });
}

async function run(described: CommandTable, values: Record<string, unknown>): Promise<void> {
  const table = { ...described.arguments, ...described.flags };
  checkValues(table, values);
  if (described.requires) checkRequirement(table, values, described.requires);
  try {
    await described.run(values);
  } catch (error) {
    throw error instanceof InputError ? asTyped(table, values, error, described.words) : error;
  }
}

function checkRequirement(
  table: Table,
  values: Record<string, unknown>,
  { flags, unless, hint }: Requirement,
): void {
  if (values[unless] !== undefined) return;
  const missing = flags.filter((key) => values[key] === undefined).map((key) => called(table[key]));
  if (missing.length > 0) throw new InputError(missing.join(', '), `missing; ${hint}`);
}
