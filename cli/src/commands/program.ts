// The whole command line: its commands, and what is printed when one of them fails.
import { readFileSync } from 'node:fs';
import { type Command, CommanderError } from 'commander';
import { InputError } from 'emft/check';
import { FileError, fileError } from '../files/fileError.js';
import { printable } from '../files/printable.js';
import { settleOutput } from '../files/streams.js';
import { adviceOn } from './advice.js';
import { addCommand, type CommandTable } from './command.js';
import { exitStatus } from './common.js';
import { StrictCommand } from './usage.js';

const { version, description } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string; description: string };

/** In the order of --help. A call reads the one command that it names: to read all takes a third of the time of starting. */
const commands: Readonly<Record<string, () => Promise<CommandTable>>> = {
  reproduce: async () => (await import('./reproduce.js')).reproduce,
  figure: async () => (await import('./figure.js')).figure,
  eta: async () => (await import('./eta.js')).eta,
  solve: async () => (await import('./solve.js')).solve,
  lattice: async () => (await import('./lattice.js')).lattice,
  hysteresis: async () => (await import('./hysteresis.js')).hysteresis,
  bottleneck: async () => (await import('./bottleneck.js')).bottleneck,
  ed: async () => (await import('./ed.js')).ed,
  late: async () => (await import('./late.js')).late,
  spins: async () => (await import('./spins.js')).spins,
  eigh: async () => (await import('./eigh.js')).eigh,
  eigsh: async () => (await import('./eigsh.js')).eigsh,
  time: async () => (await import('./time.js')).time,
  sweep: async () => (await import('./sweep.js')).sweep,
  resume: async () => (await import('./resume.js')).resume,
  status: async () => (await import('./status.js')).status,
  collect: async () => (await import('./collect.js')).collect,
  plot: async () => (await import('./plot.js')).plot,
  verify: async () => (await import('./verify.js')).verify,
  element: async () => (await import('./element.js')).element,
  explore: async () => (await import('./explore.js')).explore,
};

export const allCommands = (): Promise<CommandTable[]> =>
  Promise.all(Object.values(commands).map((load) => load()));

export function createProgram(tables: readonly CommandTable[]): Command {
  const program = new StrictCommand('emft').description(description).version(version).exitOverride();
  for (const described of tables) addCommand(program, described);
  return program;
}

/** Runs the command of `process.argv`; every failure is one line on stderr and an exit status. */
export async function main(): Promise<void> {
  const [, , name] = process.argv;
  try {
    const program = createProgram(
      Object.hasOwn(commands, name) ? [await commands[name]()] : await allCommands(),
    );
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else report(error);
  }
  // An error of the command itself takes precedence over an error of its output.
  await settleOutput().catch((error: unknown) => {
    if (!process.exitCode) report(error);
    // If its address cannot be printed, a server must not go on.
    process.exit();
  });
}

/** Prints in one line what went wrong, and sets the exit status. */
export function report(error: unknown): void {
  process.exitCode = exitStatus(error);
  process.stderr.write(failure(`${said(error) || 'failed without saying why'}${adviceOn(error)}`));
}

/**
 * The message of an error; messages of other programs may have several lines, those about
 * files contain names unchanged.
 */
function said(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const { path, resource } = (error ?? {}) as NodeJS.ErrnoException & { resource?: string };
  const named = fileError(error, path || resource || 'a file', 'used');
  if (named instanceof FileError) return named.message;
  return (named instanceof Error ? named.message : String(named)).replace(/\s*[\r\n]+\s*/g, ' ');
}

/** One line, whatever characters the names and values in it contain. */
function failure(text: string): string {
  return `emft: ${printable(text.trim())}\n`;
}
