// Experiment files: from TOML to a resolved experiment, with every default filled in and every grid
// written out. The parts that results depend on (Experiment) are kept apart from those that say how the
// run is carried out (RunSettings).

import type { Build } from 'emft';
import { checkInteger, checkNumber, InputError } from 'emft/check';
import { parse, TomlError } from 'smol-toml';
import { safeParse } from 'valibot';
import type { ParameterValue } from '../common/parameters.js';
import { quantityOf } from '../files/columnNames.js';
import { type Axis, axisValues, checkAxis } from './axis.js';
import { fileSchema, issueError } from './experimentSchema.js';
import { checkEnsemble, type Ensemble, grid, MAX_TASKS } from './grid.js';
import { placeIn } from './issues.js';
import type { Parameter, SweepKind } from './kind.js';
import { kindOf } from './kindOf.js';
import { sweepKinds } from './kinds/index.js';
import { modelSchemas } from './modelSchemas.js';
import { suggestion } from './nearest.js';
import type { SlurmSettings } from './slurmSettings.js';

export interface Experiment {
  title: string;
  /** A name in the registry of sweep kinds. */
  compute: string;
  /** The section of this name, of the kinds that have one. */
  model?: unknown;
  table: string;
  /** Output columns, each with the unit its values are given in. */
  columns: { name: string; unit: string }[];
  seed: number;
  build: Build;
  ensembles: Ensemble[];
}

export interface RunSettings {
  /** Tasks in a shard; by default as many as take about a second. */
  chunk: number | null;
  /** How often a failed task is tried again. */
  retries: number;
  /** Worker threads of the local engine; null: one a core. */
  workers: number | null;
  slurm: SlurmSettings;
}

/** What a file says, or with what its section [quick] has in place of the same keys: less of it, in seconds. */
type FileProfile = 'paper' | 'quick';

export interface ExperimentFile {
  experiment: Experiment;
  run: RunSettings;
}

/** Parses and checks a file's text; `file` names it in errors. Throws an InputError for anything that is wrong, in either profile. */
export function parseExperiment(text: string, file: string, profile: FileProfile = 'paper'): ExperimentFile {
  const parts = profilesOf(parseToml(text, file), file);
  const whole = resolveExperiment(parts.paper, file);
  const quick = parts.quick && resolveExperiment(parts.quick, `${file}: quick`);
  if (profile === 'paper') return whole;
  if (!quick) throw new InputError(`${file}: quick`, 'missing: a section [quick], for this profile');
  return quick;
}

/** What a file says by itself, and with its section [quick], whose keys replace those of the same name. */
function profilesOf(
  { quick, ...paper }: Record<string, unknown>,
  file: string,
): { paper: Record<string, unknown>; quick?: Record<string, unknown> } {
  if (quick === undefined) return { paper };
  if (typeof quick === 'object' && quick !== null && !Array.isArray(quick)) {
    return { paper, quick: { ...paper, ...quick } };
  }
  throw new InputError(`${file}: quick`, `expected a section [quick], got ${JSON.stringify(quick)}`);
}

/** What a file's text says in TOML, unchecked. */
export function parseToml(text: string, file: string): Record<string, unknown> {
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof TomlError)
      throw new InputError(file, `line ${error.line}: not TOML: ${error.message.split('\n', 1)[0]}`);
    // The usual cause is a stack overflow.
    throw new InputError(file, `cannot be read as TOML: ${(error as Error).message}`);
  }
}

/** The same from an object with the shape of a file. */
export function resolveExperiment(raw: unknown, file = 'experiment'): ExperimentFile {
  const compute = (raw as { compute?: unknown }).compute;
  const names = Object.keys(sweepKinds);
  if (typeof compute !== 'string' || !Object.hasOwn(sweepKinds, compute)) {
    const near = typeof compute === 'string' ? suggestion(compute, names) : '';
    throw new InputError(
      `${file}: compute`,
      `expected one of ${names.join(', ')}, got ${JSON.stringify(compute) ?? 'none'}${near}`,
    );
  }
  const { model, rest } = readModel(raw as object, file, compute);
  const kind = ofModel(file, { compute, ...model });
  const result = safeParse(fileSchema(kind), rest);
  if (!result.success) throw issueError(file, result.issues, compute, kind);
  const { title, table, seed, build, parameters, ensemble, run, slurm } = result.output;
  const experiment: Experiment = {
    title,
    compute,
    ...model,
    table,
    columns: columnsOf(file, kind, table, result.output.columns),
    // No file keeps the sign of a zero.
    seed: seed + 0,
    build,
    ensembles: ensemble.map(({ samples, ...own }, i) => {
      const axes = resolveAxes(`${file}: ensemble ${i + 1}`, kind, table, { ...parameters, ...own });
      return checkEnsemble(`${file}: ensemble ${i + 1}`, kind, { samples, axes });
    }),
  };
  const tasks = experiment.ensembles.reduce((sum, e) => sum + grid(e).points * e.samples, 0);
  if (tasks > MAX_TASKS) throw new InputError(file, `${tasks} tasks, more than ${MAX_TASKS}`);
  const { partition = null, concurrent = null, ...others } = slurm;
  return {
    experiment,
    run: {
      chunk: run.chunk ?? null,
      retries: run.retries,
      workers: run.workers ?? null,
      slurm: { partition, concurrent, ...others },
    },
  };
}

/** The section [model] of a kind that has one, and the rest of the file. */
function readModel(raw: { model?: unknown }, file: string, compute: string) {
  if (!Object.hasOwn(modelSchemas, compute)) return { model: {}, rest: raw };
  const { model, ...rest } = raw;
  const result = safeParse(modelSchemas[compute].schema, model);
  if (!result.success) throw issueError(file, result.issues, compute, sweepKinds[compute], ['model']);
  return { model: { model: result.output }, rest };
}

/** The kind of a model, whose errors name the file. */
function ofModel(file: string, asked: { compute: string; model?: unknown }): SweepKind {
  try {
    return kindOf(asked);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${file}: ${placeIn(error.path)}`, error.reason);
  }
}

/** An object from which `resolveExperiment` makes this same experiment file. */
export function unresolved({ experiment, run }: ExperimentFile): unknown {
  const { columns, ensembles, ...rest } = experiment;
  const { slurm, ...settings } = run;
  const given = (table: object) => Object.fromEntries(Object.entries(table).filter(([, x]) => x !== null));
  return {
    ...rest,
    columns: columns.map(({ name, unit }) => `${name} [${unit}]`),
    ensemble: ensembles.map(({ samples, axes }) => ({ samples, ...axes })),
    run: given(settings),
    slurm: given(slurm),
  };
}

/** Every parameter of the table that has a value, given or default; each value is checked. */
function resolveAxes(
  name: string,
  kind: SweepKind,
  table: string,
  given: Record<string, ParameterValue | Axis | undefined>,
): Record<string, Axis> {
  const axes: Record<string, Axis> = {};
  // In the order of the kind, which is the order in which the grid is walked.
  for (const [key, parameter] of Object.entries(kind.parameters)) {
    const value = given[key] ?? parameter.default;
    if (value !== undefined) {
      const axis = checkAxis(`${name}: ${key}`, value);
      for (const x of axisValues(axis)) checkParameter(`${name}: ${key}`, x, parameter);
      // What another table would need stays out of the grid and of the rows.
      if (parameter.tables?.includes(table) ?? true) axes[key] = axis;
    } else if (!('optional' in parameter && parameter.optional)) {
      throw new InputError(`${name}: ${key}`, `missing: ${parameter.description}`);
    }
  }
  return axes;
}

function checkParameter(name: string, value: unknown, parameter: Parameter): void {
  if (parameter.type === 'choice') {
    if (parameter.choices.includes(value as string)) return;
    const near = typeof value === 'string' ? suggestion(value, parameter.choices) : '';
    throw new InputError(
      name,
      `expected one of ${parameter.choices.join(', ')}, got ${JSON.stringify(value)}${near}`,
    );
  }
  (parameter.type === 'integer' ? checkInteger : checkNumber)(name, value, parameter);
}

/** Columns given as `name` or `name [unit]`; all columns of the table if the file names none. */
function columnsOf(
  file: string,
  kind: SweepKind,
  table: string,
  wanted: string[] | undefined,
): { name: string; unit: string }[] {
  const { columns } = kind.tables[table];
  const known = Object.keys(columns);
  const seen = new Set<string>();
  return (wanted ?? known).map((text) => {
    const [, name, unit] = /^\s*([^[\]]*?)\s*(?:\[\s*([^\]]*?)\s*\])?\s*$/.exec(text) ?? [undefined, text];
    const where = `${file}: columns`;
    if (!Object.hasOwn(columns, name)) {
      const collected = quantityOf(name);
      const near = Object.hasOwn(columns, collected.name)
        ? `; did you mean '${collected.name} [${collected.unit}]'?`
        : suggestion(name, known);
      const other = Object.keys(kind.tables).find((one) => Object.hasOwn(kind.tables[one].columns, name));
      if (other) {
        throw new InputError(
          where,
          `column '${name}' is one of table '${other}', not of table '${table}': expected table = '${other}', or ${known.join(', ')}`,
        );
      }
      const all = `able '${table}' has ${known.join(', ')}`;
      throw new InputError(where, `unknown column '${name}'${near}${near ? ' T' : '; t'}${all}`);
    }
    if (seen.has(name)) throw new InputError(where, `column '${name}' is named twice`);
    seen.add(name);
    const own = columns[name].unit;
    const allowed = own === 'nat' ? ['nat', 'log 2'] : [own];
    if (unit !== undefined && !allowed.includes(unit)) {
      throw new InputError(where, `column '${name}' can be given in ${allowed.join(' or ')}, not '${unit}'`);
    }
    return { name, unit: unit ?? own };
  });
}
