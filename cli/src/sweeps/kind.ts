// What an experiment can compute: its parameters, its tables of columns, and one realization as a pure
// function of (parameters, seed, sample). Descriptions and units end up in the files that `collect` writes.

import type { Core } from 'emft';
import type { Range } from 'emft/check';
import type { ParameterValue, ParameterValues } from '../common/parameters.js';

interface Described {
  description: string;
  unit: string;
}

interface Given extends Described {
  /** The tables that take it; all, where this is left out. */
  tables?: readonly string[];
}

interface NumberParameter extends Given, Range {
  type: 'number' | 'integer';
  /** Without a default the parameter has to be given, unless it is optional. */
  default?: number;
  optional?: boolean;
}

interface ChoiceParameter extends Given {
  type: 'choice';
  choices: readonly string[];
  default: string;
}

export type Parameter = NumberParameter | ChoiceParameter;

export interface Column extends Described {
  type: 'double' | 'integer' | 'boolean';
  /** Set where NaN has a meaning, which the description gives; elsewhere NaN fails the task. */
  nan?: true;
}

/** One realization gives one row (every column a scalar) or several (every column an array of one length). */
export interface Table {
  description: string;
  rows: 'one' | 'many';
  columns: Readonly<Record<string, Column>>;
}

export type Cell = number | boolean;
export type Rows = Readonly<Record<string, Cell | ArrayLike<Cell> | undefined>>;

/** The section [model] of a kind's files, for what numbers and words cannot say. */
interface ModelSection<M = unknown> {
  /** Paragraphs, for people. */
  description: readonly string[];
  /** An example of the section. */
  example: string;
  /** The kind that computes this model, with the parameters that it names; throws an InputError with a path in the section. */
  kindOf(model: M): SweepKind;
}

export interface SweepKind {
  description: string;
  /** What the unit energy of its parameters and columns is, a sentence; not of kinds without energies. */
  energy?: string;
  /** Where files have a section [model]; what stands here is then that of an empty one. */
  // biome-ignore lint/suspicious/noExplicitAny: modelSchemas.ts says of each kind which models there are.
  model?: ModelSection<any>;
  parameters: Readonly<Record<string, Parameter>>;
  /** The first is the default of `table` in a file. */
  tables: Readonly<Record<string, Table>>;
  /** Whether results depend on (seed, sample); if not, more than one sample is refused. */
  random(parameters: ParameterValues): boolean;
  /** Throws an InputError for values that exclude each other. */
  check?(parameters: ParameterValues): void;
  /** Parameters whose values in rows are computed from all given ones, by name; an empty word or −1 means none. */
  inRows?: Readonly<Record<string, (parameters: ParameterValues) => ParameterValue>>;
  /**
   * Rough seconds of a realization on one thread. It decides how many share a shard, of about a second, divides shards among the jobs
   * of Slurm, and weights progress; rows do not depend on it. Too low by a factor of 10, shards take 10 s each: more is computed
   * again after a kill. Between points of a grid only the ratio matters: where it is wrong, the time left is, and one job ends late. So
   * a factor of 10 does no harm, and numbers are not adjusted to machines: others would cut runs into other shards. Each kind says
   * how near it was on one core of a Xeon at 2.6 GHz, and where it is farther off.
   */
  cost(parameters: ParameterValues): number;
  /** A long computation runs in steps; between them events are handled, and an aborted `signal` ends it. */
  compute(
    core: Core,
    parameters: ParameterValues,
    seed: number,
    sample: number,
    table: string,
    signal?: AbortSignal,
  ): Rows | Promise<Rows>;
}

/** Names of the parameters that rows have, in the order in which `kind` lists them. */
export function namesInRows(
  kind: SweepKind,
  ensembles: readonly { axes: Readonly<Record<string, unknown>> }[],
): string[] {
  const given = (name: string) => ensembles.some(({ axes }) => name in axes);
  return Object.keys(kind.parameters).filter((name) => name in (kind.inRows ?? {}) || given(name));
}

export type SweepKinds = Readonly<Record<string, SweepKind>>;
