// Experiment files: TOML → a resolved experiment, with every default filled in and every grid written out.
// What enters the results (Experiment) is kept apart from how the run is carried out (RunSettings).
import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { checkInteger, checkNumber } from '../core/check.js';
import { InputError } from '../core/errors.js';
import type { Build } from '../index.js';
import { type Axis, axisValues, checkAxis } from './axis.js';
import { nearest } from './nearest.js';
import type { Parameter, ParameterValue, ParameterValues, SweepKind } from './sweepKind.js';
import { sweepKinds } from './sweepKinds.js';

export interface Experiment {
  title: string;
  /** A name in the registry of sweep kinds. */
  compute: string;
  table: string;
  /** Output columns, each with the unit its values are given in. */
  columns: { name: string; unit: string }[];
  seed: number;
  build: Build;
  ensembles: Ensemble[];
}

/** The product of its axes (the last varies fastest, samples faster still), `samples` realizations a point. */
export interface Ensemble {
  samples: number;
  /** Every parameter that has a value. */
  axes: Record<string, Axis>;
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

export interface SlurmSettings {
  /** null: the cluster's default partition. */
  partition: string | null;
  /** As sbatch takes it: minutes, H:MM:SS, D-HH:MM:SS. */
  time: string;
  /** Per element, as sbatch takes it. */
  memory: string;
  /** Elements of the job array, at most. */
  elements: number;
  /** Elements that run at one time, at most; null: no limit. */
  concurrent: number | null;
  /** Worker threads, and so cores, an element. */
  cpus: number;
  /** Seconds before the time limit at which an element stops, keeping what it has. */
  signal: number;
  /** Further arguments of sbatch. */
  options: string[];
}

const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const word = v.pipe(v.string(), v.minLength(1));
const axis = v.union(
  [
    v.number(),
    v.string(),
    v.array(v.union([v.number(), v.string()])),
    v.strictObject({
      from: v.pipe(v.number(), v.finite()),
      to: v.pipe(v.number(), v.finite()),
      points: v.pipe(positive, v.maxValue(1_000_000)),
      spacing: v.optional(v.picklist(['linear', 'geometric'])),
    }),
  ],
  'expected a number, a word, a list of them, or a range { from, to, points, spacing? }',
);

/** The file's shape for one kind; parameters are checked by name here and by value in `checkParameters`. */
function fileSchema(kind: SweepKind) {
  const parameters = Object.fromEntries(Object.keys(kind.parameters).map((name) => [name, v.optional(axis)]));
  return v.strictObject({
    title: v.optional(v.string(), ''),
    compute: v.string(),
    table: v.optional(v.picklist(Object.keys(kind.tables)), Object.keys(kind.tables)[0]),
    columns: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
    seed: v.optional(v.pipe(v.number(), v.safeInteger()), 0),
    build: v.optional(v.picklist(['simd', 'relaxed'] as const), 'simd'),
    parameters: v.optional(v.strictObject(parameters), {}),
    ensemble: v.optional(
      v.pipe(v.array(v.strictObject({ samples: v.optional(positive, 1), ...parameters })), v.minLength(1)),
      [{}],
    ),
    run: v.optional(
      v.strictObject({
        chunk: v.optional(positive),
        retries: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100)), 2),
        workers: v.optional(v.pipe(positive, v.maxValue(1024))),
      }),
      {},
    ),
    slurm: v.optional(
      v.strictObject({
        partition: v.optional(word),
        time: v.optional(v.pipe(v.string(), v.regex(/^(\d+-)?\d+(:\d+){0,2}$/)), '1:00:00'),
        memory: v.optional(v.pipe(v.string(), v.regex(/^\d+[KMGT]?$/)), '2G'),
        elements: v.optional(v.pipe(positive, v.maxValue(1_000_000)), 100),
        concurrent: v.optional(positive),
        cpus: v.optional(v.pipe(positive, v.maxValue(1024)), 1),
        signal: v.optional(v.pipe(positive, v.maxValue(65535)), 60),
        options: v.optional(v.array(word), []),
      }),
      {},
    ),
  });
}

export interface ExperimentFile {
  experiment: Experiment;
  run: RunSettings;
}

/** Parses and checks a file's text; `file` names it in errors. Throws an InputError for anything amiss. */
export function parseExperiment(text: string, file: string): ExperimentFile {
  let raw: unknown;
  try {
    raw = parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof TomlError)
      throw new InputError(file, `line ${error.line}: not TOML: ${error.message.split('\n', 1)[0]}`);
    // A stack that overflows, most of all.
    throw new InputError(file, `cannot be read as TOML: ${(error as Error).message}`);
  }
  return resolveExperiment(raw, file);
}

/** The same from an object of the file's shape. */
export function resolveExperiment(raw: unknown, file = 'experiment'): ExperimentFile {
  const compute = (raw as { compute?: unknown }).compute;
  const names = Object.keys(sweepKinds);
  if (typeof compute !== 'string' || !Object.hasOwn(sweepKinds, compute)) {
    const near = typeof compute === 'string' ? `; did you mean '${nearest(compute, names)}'?` : '';
    throw new InputError(
      `${file}: compute`,
      `expected one of ${names.join(', ')}, got ${JSON.stringify(compute)}${near}`,
    );
  }
  const kind = sweepKinds[compute];
  const result = v.safeParse(fileSchema(kind), raw);
  if (!result.success) throw issueError(file, result.issues[0], kind);
  const { title, table, seed, build, parameters, ensemble, run, slurm } = result.output;
  const experiment: Experiment = {
    title,
    compute,
    table,
    columns: columnsOf(file, kind, table, result.output.columns),
    seed,
    build,
    ensembles: ensemble.map(({ samples, ...own }, i) => {
      const axes = resolveAxes(`${file}: ensemble ${i + 1}`, kind, { ...parameters, ...own });
      return checkEnsemble(`${file}: ensemble ${i + 1}`, kind, { samples, axes });
    }),
  };
  const { partition = null, concurrent = null } = slurm;
  return {
    experiment,
    run: {
      chunk: run.chunk ?? null,
      retries: run.retries,
      workers: run.workers ?? null,
      slurm: { ...slurm, partition, concurrent },
    },
  };
}

/** The first thing valibot found, in the words of this package; an unknown key comes with the nearest known. */
function issueError(file: string, found: v.BaseIssue<unknown>, kind: SweepKind): InputError {
  // What went wrong inside a union's member says more than "no member fits".
  const members = found.type === 'union' ? (found.issues ?? []) : [];
  const issue = members.find((i) => i.path && i.type !== 'array' && i.type !== 'union') ?? found;
  const path = [...(found.path ?? []), ...(issue === found ? [] : (issue.path ?? []))].map((p) => p.key);
  const name = `${file}: ${path.map((key) => (typeof key === 'number' ? key + 1 : key)).join('.')}`;
  if (issue.type !== 'strict_object' || issue.expected !== 'never') {
    const missing = issue.expected !== 'never' && issue.received === 'undefined';
    return new InputError(name, missing ? 'missing' : issue.message);
  }
  const known = knownKeys(path.slice(0, -1), kind);
  const key = String(path.at(-1));
  return new InputError(
    name,
    `unknown key; did you mean '${nearest(key, known)}'? Known here: ${known.join(', ')}`,
  );
}

function knownKeys(path: unknown[], kind: SweepKind): string[] {
  const { entries } = fileSchema(kind);
  const inner = (schema: unknown) => Object.keys((schema as { entries: object }).entries);
  if (path.length === 0) return Object.keys(entries);
  switch (path[0]) {
    case 'run':
      return inner(entries.run.wrapped);
    case 'slurm':
      return inner(entries.slurm.wrapped);
    case 'parameters':
      return path.length > 1 ? inner(axis.options[3]) : inner(entries.parameters.wrapped);
    default:
      return path.length > 2 ? inner(axis.options[3]) : inner(entries.ensemble.wrapped.pipe[0].item);
  }
}

/** Every parameter that has a value: given ones and defaults, each value checked. */
function resolveAxes(
  name: string,
  kind: SweepKind,
  given: Record<string, ParameterValue | Axis | undefined>,
): Record<string, Axis> {
  const axes: Record<string, Axis> = {};
  // In the order of the kind, which is the order in which the grid is walked.
  for (const [key, parameter] of Object.entries(kind.parameters)) {
    const value = given[key] ?? parameter.default;
    if (value !== undefined) {
      axes[key] = checkAxis(`${name}: ${key}`, value);
      for (const x of axisValues(axes[key])) checkParameter(`${name}: ${key}`, x, parameter);
    } else if (!('optional' in parameter && parameter.optional)) {
      throw new InputError(`${name}: ${key}`, `missing: ${parameter.description}`);
    }
  }
  return axes;
}

function checkParameter(name: string, value: unknown, parameter: Parameter): void {
  if (parameter.type === 'choice') {
    if (parameter.choices.includes(value as string)) return;
    const near = typeof value === 'string' ? `; did you mean '${nearest(value, parameter.choices)}'?` : '';
    throw new InputError(
      name,
      `expected one of ${parameter.choices.join(', ')}, got ${JSON.stringify(value)}${near}`,
    );
  }
  (parameter.type === 'integer' ? checkInteger : checkNumber)(name, value, parameter);
}

/** Each point of a grid is checked before the run begins. */
const MAX_POINTS = 10_000_000;

function checkEnsemble(name: string, kind: SweepKind, ensemble: Ensemble): Ensemble {
  const { points, parametersAt } = grid(ensemble);
  if (points * ensemble.samples > 2 ** 31 - 1) {
    throw new InputError(name, `${points * ensemble.samples} tasks, more than ${2 ** 31 - 1}`);
  }
  if (points > MAX_POINTS) {
    throw new InputError(name, `the grid has ${points} points, expected at most ${MAX_POINTS}`);
  }
  for (let p = 0; p < points; ++p) {
    const parameters = parametersAt(p);
    try {
      kind.check?.(parameters);
    } catch (error) {
      throw error instanceof InputError ? new InputError(name, error.message) : error;
    }
    if (ensemble.samples > 1 && !kind.random(parameters)) {
      throw new InputError(`${name}: samples`, `nothing is random here: expected 1, got ${ensemble.samples}`);
    }
  }
  return ensemble;
}

/** The points of an ensemble's grid. */
export function grid({ axes }: Ensemble): { points: number; parametersAt(point: number): ParameterValues } {
  const names = Object.keys(axes);
  const values = names.map((name) => axisValues(axes[name]));
  const points = values.reduce((product, axis) => product * axis.length, 1);
  return {
    points,
    parametersAt(point) {
      const parameters: Record<string, ParameterValue> = {};
      let stride = points;
      for (let k = 0; k < names.length; ++k) {
        const axis = values[k];
        stride /= axis.length;
        parameters[names[k]] = axis[Math.floor(point / stride) % axis.length];
      }
      return parameters;
    },
  };
}

/** `name` or `name [unit]`; all of the table's columns when the file names none. */
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
      throw new InputError(
        where,
        `unknown column '${name}'; did you mean '${nearest(name, known)}'? Table '${table}' has ${known.join(', ')}`,
      );
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
