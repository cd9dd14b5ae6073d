// The whole command line: its commands, and what is printed when one of them fails.
import { readFileSync } from 'node:fs';
import { type Command, CommanderError } from 'commander';
import { InputError } from 'emft/check';
import { FileError, fileError } from '../files/fileError.js';
import { printable } from '../files/printable.js';
import { settleOutput } from '../files/streams.js';
import { adviceOn } from './advice.js';
import { bottleneck } from './bottleneck.js';
import { collect } from './collect.js';
import { addCommand, type CommandTable } from './command.js';
import { exitStatus } from './common.js';
import { ed } from './ed.js';
import { eigh } from './eigh.js';
import { eigsh } from './eigsh.js';
import { element } from './element.js';
import { eta } from './eta.js';
import { explore } from './explore.js';
import { figure } from './figure.js';
import { hysteresis } from './hysteresis.js';
import { lattice } from './lattice.js';
import { plot } from './plot.js';
import { reproduce } from './reproduce.js';
import { resume } from './resume.js';
import { solve } from './solve.js';
import { spins } from './spins.js';
import { status } from './status.js';
import { sweep } from './sweep.js';
import { time } from './time.js';
import { StrictCommand } from './usage.js';
import { verify } from './verify.js';

const { version, description } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string; description: string };

/** In the order of --help. */
export const commands: readonly CommandTable[] = [
  reproduce,
  figure,
  eta,
  solve,
  lattice,
  hysteresis,
  bottleneck,
  ed,
  spins,
  eigh,
  eigsh,
  time,
  sweep,
  resume,
  status,
  collect,
  plot,
  verify,
  element,
  explore,
];

export function createProgram(): Command {
  const program = new StrictCommand('emft').description(description).version(version).exitOverride();
  for (const described of commands) addCommand(program, described);
  return program;
}

/** Runs the command of `process.argv`; every failure is one line on stderr and an exit status. */
export async function main(): Promise<void> {
  const program = createProgram();
  try {
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
