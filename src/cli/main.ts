#!/usr/bin/env node
// The command line: one file per command. Results on stdout, everything else on stderr.
// Exit status: 0 done; 1 a computation failed; 2 bad input or usage; 130 interrupted.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addCollect } from './collect.js';
import { exitStatus } from './common.js';
import { addEd } from './ed.js';
import { addEigh } from './eigh.js';
import { addElement } from './element.js';
import { addEta } from './eta.js';
import { addExplore } from './explore.js';
import { addFigure } from './figure.js';
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

const program = new Command('emft')
  .description(description)
  .version(version)
  .exitOverride()
  .showHelpAfterError('(--help shows the usage)');
for (const add of [
  addReproduce,
  addFigure,
  addEta,
  addSolve,
  addLattice,
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

// A reader that has seen enough (`emft … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`emft: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = exitStatus(error);
  }
}
