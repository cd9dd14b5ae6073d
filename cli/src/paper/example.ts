// The grids of the figures stand in the experiment files of cli/examples/, where `emft sweep` reads them too. What a figure
// shares with a sweep, it reads from there: values and numbers of samples are written down once.
import { readFileSync } from 'node:fs';
import { InputError } from 'emft/check';
import * as v from 'valibot';
import { type AxisRange, axisValues } from '../sweeps/axis.js';
import { type Experiment, parseExperiment, parseToml, profilesOf } from '../sweeps/experiment.js';
import type { Ensemble, Profile } from './figure.js';
import { logGrid } from './grids.js';

/** The file of a figure. */
export const exampleName = (id: string) => `figure-${id}.toml`;
const textOf = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

/** The experiment of a figure that is a sweep; the quick profile is the file's section [quick]. */
export function example(id: string, profile: Profile = 'paper'): Experiment {
  const name = exampleName(id);
  return parseExperiment(textOf(name), name, profile).experiment;
}

type Content = Record<string, unknown>;

/** A part of a file, by a schema and in the profile that is wanted; both profiles are checked, whichever it is. */
function checkedPart<const S extends v.GenericSchema>(
  name: string,
  schema: S,
  partOf: (file: Content) => Content,
): (profile?: Profile) => v.InferOutput<S> {
  const checked = (raw: unknown): v.InferOutput<S> => {
    const result = v.safeParse(schema, raw);
    if (result.success) return result.output;
    const [issue] = result.issues;
    throw new InputError(`${name}: ${v.getDotPath(issue)}`, issue.message);
  };
  return (profile = 'paper') => {
    const { paper, quick = paper } = profilesOf(partOf(parseToml(textOf(name), name)), name);
    const grids = { paper: checked(paper), quick: checked(quick) };
    return grids[profile];
  };
}

/** What the file of a figure that is no sweep says. */
export function gridOf<const S extends v.GenericSchema>(id: string, schema: S) {
  return checkedPart(exampleName(id), schema, (file) => file);
}

/** What a figure that is a sweep has besides: the section [figure] of its file, whose keys [quick.figure] replaces. */
export function besidesSweep<const S extends v.GenericSchema>(id: string, schema: S) {
  return checkedPart(exampleName(id), schema, ({ figure, quick }) => ({
    ...(figure as Content),
    quick: (quick as Content | undefined)?.figure,
  }));
}

/** What a statement of the paper that belongs to no figure is measured on: its section of the file of all. */
export function statementGrid<const S extends v.GenericSchema>(statement: string, schema: S) {
  return checkedPart('statements.toml', schema, (file) => file[statement] as Content);
}

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const finite = v.pipe(v.number(), v.finite());
export const numbers = v.array(finite);
/** Points of `logGrid`: { from, perDecade, points }. */
export const decades = v.pipe(
  v.strictObject({ from: finite, perDecade: count, points: count }),
  v.transform(({ from, perDecade, points }) => logGrid(from, perDecade, points)),
);

/** The values of a parameter in all ensembles, each once, in the order of the file. */
export function valuesOf({ ensembles }: Experiment, name: string): number[] {
  return [...new Set(ensembles.flatMap(({ axes }) => axisValues(axes[name]) as number[]))];
}

/** The value of a parameter that has one. */
export function onlyValueOf(experiment: Experiment, name: string): number {
  const [value, ...others] = valuesOf(experiment, name);
  if (others.length > 0) throw new Error(`${name} has ${others.length + 1} values in an example`);
  return value;
}

/** The range of a parameter, from the first ensemble. */
export function rangeOf({ ensembles: [{ axes }] }: Experiment, name: string): AxisRange {
  const axis = axes[name];
  if (Array.isArray(axis)) throw new Error(`${name} is no range in an example`);
  return axis;
}

/** Samples of each size, where an ensemble has one value of the parameter that says the size. */
export function samplesOf(experiment: Experiment, size: string): Ensemble {
  return Object.fromEntries(
    experiment.ensembles.map(({ axes, samples }) => [axisValues(axes[size])[0], samples]),
  );
}

/** The experiment cut down to a part of its sizes and samples. */
export function partOfExperiment(whole: Experiment, size: string, part: Ensemble): Experiment {
  const sizeOf = (e: Experiment['ensembles'][number]) => axisValues(e.axes[size])[0] as number;
  const ensembles = whole.ensembles
    .filter((e) => sizeOf(e) in part)
    .map((e) => ({ ...e, samples: part[sizeOf(e)] }));
  return { ...whole, ensembles };
}
