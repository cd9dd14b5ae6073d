// emft spins: one realization of an experiment file of spins ½, to look at before a sweep.
import { InputError } from 'emft/check';
import type { ParameterValue } from '../common/parameters.js';
import { inputName, readText } from '../files/inputFile.js';
import { note } from '../files/streams.js';
import { grid } from '../sweeps/grid.js';
import type { Cell, Rows } from '../sweeps/kind.js';
import { kindOf } from '../sweeps/kindOf.js';
import { spins as kind } from '../sweeps/kinds/spins.js';
import { command } from './command.js';
import { printFacts, printJson, printTable, withCore } from './common.js';
import { bothOf, called, choice, file, integer, parsed } from './flags.js';
import { EXPERIMENT_BYTES, json, threads } from './shared.js';

type Settings = Record<string, ParameterValue>;

function settingsOf(text: string): Settings | undefined {
  const settings: Settings = {};
  for (const part of text.split(',')) {
    const [, name, value] = /^\s*([A-Za-z]\w*)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    if (name === undefined || Object.hasOwn(settings, name)) return undefined;
    const number = Number(value);
    settings[name] = Number.isNaN(number) ? value : number;
  }
  return settings;
}

const flags = {
  set: parsed(
    '--set <name=value,...>',
    'values of parameters, in place of those of the file; may be given again for others',
    'name=value, several separated by commas',
    settingsOf,
    { becomes: [['set']], joins: bothOf },
  ),
  table: choice('--table <name>', 'what to print (default: the table of the file)', Object.keys(kind.tables)),
  sample: integer('--sample <number>', 'the realization', { default: 0, allowed: { min: 0 } }),
  threads,
  json: json('print { parameters, seed, sample, table, rows }, the rows by column'),
};

export const spins = command({
  name: 'spins',
  description: 'one realization of an experiment file with compute = "spins": any Hamiltonian of spins ½',
  example: 'spins.toml --set g=1',
  arguments: { file: file('<file>', 'experiment file; - is standard input', { becomes: [['file']] }) },
  flags,
  help: () => `
The first ensemble of the file is computed, at the first point of its grid but for what --set names; standard error has the values
of all parameters.
Terms, parameters and tables: emft sweep --describe spins. Energies are in the unit of the coefficients, entropies in nats.`,
  async run({ file: path, set, table, sample, threads, json }) {
    const { parseToml, resolveExperiment } = await import('../sweeps/experiment.js');
    const name = inputName(path);
    const raw = parseToml(await readText(path, EXPERIMENT_BYTES), name);
    if (raw.compute !== 'spins') {
      throw new InputError(
        `${name}: compute`,
        `expected "spins", got ${JSON.stringify(raw.compute) ?? 'none'}`,
      );
    }
    const { columns: _columns, ...rest } = raw;
    const { experiment } = resolveExperiment(
      { ...(table === undefined ? raw : { ...rest, table }), ...withValues(raw, set) },
      name,
    );
    const [first] = experiment.ensembles;
    const parameters = grid(first).parametersAt(0);
    const { seed, table: shown } = experiment;
    const rows = await withCore(async (core) => {
      try {
        return await kindOf(experiment).compute(core, parameters, seed, sample, shown);
      } catch (error) {
        throw error instanceof InputError ? inFile(name, error) : error;
      }
    }, threads);
    const found = countOf(rows);
    if (found !== undefined && found < (parameters.states as number)) {
      note(`the sector has ${found} states, fewer than the ${parameters.states} asked for`);
    }
    const columns = experiment.columns.map(({ name: column }) => column);
    if (json) {
      const own = Object.fromEntries(columns.map((column) => [column, finite(rows[column] as Column)]));
      return printJson({ parameters, seed, sample, table: shown, rows: own });
    }
    const values = Object.entries(parameters).map(([key, value]) => `${key} = ${value}`);
    note(`realization ${sample} of seed ${seed}: ${values.join(', ')}`);
    if (kind.tables[shown].rows === 'many') {
      return printTable(
        Object.fromEntries(columns.map((column) => [column, rows[column] as ArrayLike<number>])),
      );
    }
    return printFacts(Object.fromEntries(columns.map((column) => [column, rows[column] as number])));
  },
});

/** What the library finds wrong with terms and parameters, with the file that has them. */
function inFile(name: string, error: InputError): InputError {
  return new InputError(`${name}: ${error.argument}`, error.reason, { cause: error });
}

/** The number of states, from a table that has a column for it. */
function countOf({ found, level }: Rows): number | undefined {
  if (typeof found === 'number') return found;
  return typeof level === 'object' ? (level as ArrayLike<Cell>).length : undefined;
}

type Column = Cell | ArrayLike<Cell>;

/** JSON has no NaN. */
const finite = (column: Column): Column | null => (Number.isNaN(column) ? null : column);

/** The first ensemble with other values, which must be parameters that it has. */
function withValues(raw: Record<string, unknown>, set: Settings | undefined): object {
  if (!set) return {};
  const { parameters = {}, ensemble } = raw as { parameters?: object; ensemble?: object[] };
  const [first = {}] = Array.isArray(ensemble) ? ensemble : [];
  const known = Object.keys(kindOf({ compute: 'spins', model: undefined }).parameters);
  const names = new Set([...known, ...Object.keys(parameters), ...Object.keys(first)]);
  // How many realizations there are is no parameter of one.
  names.delete('samples');
  const unknown = Object.keys(set).find((one) => !names.has(one));
  if (unknown !== undefined) {
    throw new InputError(
      called(flags.set),
      `the file has no parameter '${unknown}'; it has ${[...names].join(', ')}`,
    );
  }
  return { ensemble: [{ ...first, ...set }] };
}
