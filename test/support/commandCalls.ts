// A call of every command that succeeds: its example, in a directory that has what examples speak of.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCommands } from '../../cli/src/commands/program.js';
import { chainFile } from './runs/commands.js';

const commands = await allCommands();

export const commandNames: readonly string[] = commands.map(({ name }) => name);

/** Arguments and flags of the command's example. */
export function exampleOf(name: string): string[] {
  return commands
    .find((command) => command.name === name)!
    .example.split(' ')
    .filter((word) => word !== '');
}

/** A ring of Ising in a transverse field. */
const SPINS = `compute = "spins"
model.terms = [{ op = "zz", sites = "ring" }, { op = "x", sites = "each", coefficient = "g" }]
parameters = { sites = [4, 6], g = 0.5 }
`;

/** Files that examples read. */
export const EXAMPLE_FILES = ['experiment.toml', 'matrix.mtx', 'spins.toml', 'table.csv'];

/** Writes them; an experiment of nine tasks. */
export function writeExampleFiles(directory: string): void {
  writeFileSync(join(directory, 'experiment.toml'), chainFile(3, 3));
  writeFileSync(join(directory, 'spins.toml'), SPINS);
  writeFileSync(join(directory, 'table.csv'), 'g,eta\n0.01,0.2\n0.1,0.6\n');
  writeFileSync(join(directory, 'matrix.mtx'), '%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n1\n');
}
