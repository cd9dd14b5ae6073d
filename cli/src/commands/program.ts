// The whole command line: its commands, and what is printed when one of them fails.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { InputError } from 'emft';
import { FileError, fileError } from '../files/fileError.js';
import { printable } from '../files/printable.js';
import { settleOutput } from '../files/streams.js';
import { adviceOn } from './advice.js';
import { addBottleneck } from './bottleneck.js';
import { addCollect } from './collect.js';
import { exitStatus } from './common.js';
import { addEd } from './ed.js';
import { addEigh } from './eigh.js';
import { addElement } from './element.js';
import { addEta } from './eta.js';
import { addExplore } from './explore.js';
import { addFigure } from './figure.js';
import { addHysteresis } from './hysteresis.js';
import { addLattice } from './lattice.js';
import { addReproduce } from './reproduce.js';
import { addResume } from './resume.js';
import { addSolve } from './solve.js';
import { addStatus } from './status.js';
import { addSweep } from './sweep.js';
import { addTime } from './time.js';
import { addVerify } from './verify.js';

const { version, description } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string; description: string };

export function createProgram(): Command {
  const program = new Command('emft')
    .description(description)
    .version(version)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) =>
        write(failure(`${text.replace(/^error: /, '').replace(/\s+/g, ' ')} (--help shows the usage)`)),
    });
  for (const add of [
    addReproduce,
    addFigure,
    addEta,
    addSolve,
    addLattice,
    addHysteresis,
    addBottleneck,
    addEd,
    addEigh,
    addTime,
    addSweep,
    addResume,
    addStatus,
    addCollect,
    addVerify,
    addElement,
    addExplore,
  ]) {
    add(program);
  }
  return program;
}

/** Runs the command of `process.argv`; every failure is one line on stderr and an exit status. */
export async function main(): Promise<void> {
  const program = createProgram();
  let command = program;
  program.hook('preAction', (_, action) => {
    command = action;
  });
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else report(error, command);
  }
  // What the command itself says of its end counts before what became of its output.
  await settleOutput().catch((error: unknown) => {
    if (!process.exitCode) report(error);
    // A server whose address nobody learns would stay.
    process.exit();
  });
}

/** Says on one line what went wrong, and sets the exit status. */
export function report(error: unknown, command?: Command): void {
  process.exitCode = exitStatus(error);
  const text = command && error instanceof InputError ? withFlag(command, error) : said(error);
  process.stderr.write(failure(`${text || 'failed without saying why'}${adviceOn(error)}`));
}

/** What an error says; those of other programs may take several lines, those of files hold names as they are. */
function said(error: unknown): string {
  const { path, resource } = (error ?? {}) as NodeJS.ErrnoException & { resource?: string };
  const told = fileError(error, path || resource || 'a file', 'used');
  if (told instanceof FileError) return told.message;
  return (told instanceof Error ? told.message : String(told)).replace(/\s*[\r\n]+\s*/g, ' ');
}

/** One line, whatever the names and values in it hold. */
function failure(text: string): string {
  return `emft: ${printable(text.trim())}\n`;
}

/**
 * The message with the flag or argument that was typed in place of the one of the library that it became. Names of files
 * stay as they are, also where they begin like a flag.
 */
function withFlag(command: Command, { argument, message }: InputError): string {
  if (command.args.includes(argument) || Object.values(command.opts()).includes(argument)) return message;
  const parts = /^(?:(?:options|parameters|model|key)\.([a-zA-Z0-9]+)|([a-zA-Z0-9]+)(?=$|\[))/.exec(argument);
  const name = parts?.[1] ?? parts?.[2];
  const option = command.options.find((o) => o.attributeName() === name);
  const typed = command.registeredArguments.find((a) => a.name() === name);
  const flag = option?.long ?? option?.short ?? typed?.name();
  return flag === undefined ? message : `${flag}${message.slice(argument.length)}`;
}
