// The grids of the figures stand in the experiment files of cli/examples/, where `emft sweep` reads them too. What a figure
// shares with a sweep, it reads from there: values and numbers of samples are written down once.
import { readFileSync } from 'node:fs';
import { InputError } from 'emft/check';
import * as v from 'valibot';
import { type AxisRange, axisValues } from '../sweeps/axis.js';
import { type Experiment, parseExperiment, parseToml } from '../sweeps/experiment.js';
import { foremost, placeIn, reasonOf } from '../sweeps/issues.js';
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

/** Where a profile stands in a file: the sections from the outermost on. What [quick] has replaces the same keys of the paper's. */
type Sections = Record<Profile, readonly string[]>;

/** A section of a file, or undefined where there is none. */
function sectionAt(name: string, file: Content, path: readonly string[]): Content | undefined {
  let found: unknown = file;
  for (const [k, key] of path.entries()) {
    found = (found as Content)[key];
    if (found === undefined) return undefined;
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) continue;
    const section = path.slice(0, k + 1).join('.');
    throw new InputError(
      `${name}: ${section}`,
      `expected a section [${section}], got ${JSON.stringify(found)}`,
    );
  }
  return found as Content;
}

/** The keys that a schema has at a place. */
function keysAt(schema: v.GenericSchema, path: readonly unknown[]): string[] {
  const entriesOf = (one: unknown) => (one as { entries?: Record<string, unknown> }).entries ?? {};
  const inner = path.reduce<unknown>((one, key) => entriesOf(one)[String(key)], schema);
  return Object.keys(entriesOf(inner));
}

/** A part of a file, by a schema and in the profile that is wanted; both profiles are checked, whichever it is. */
export function partOfFile<const S extends v.GenericSchema>(
  { name, text }: { name: string; text: string },
  schema: S,
  sections: Sections,
  profile: Profile = 'paper',
): v.InferOutput<S> {
  const checked = (raw: unknown, section: readonly string[]): v.InferOutput<S> => {
    const result = v.safeParse(schema, raw);
    if (result.success) return result.output;
    const issue = foremost(result.issues);
    const path = (issue.path ?? []).map(({ key }) => key);
    throw new InputError(
      `${name}: ${placeIn([...section, ...path])}`,
      reasonOf(issue, String(path.at(-1)), () => keysAt(schema, path.slice(0, -1))),
    );
  };
  const file = parseToml(text, name);
  const paper = sectionAt(name, file, sections.paper);
  if (!paper) {
    const section = sections.paper.join('.');
    throw new InputError(`${name}: ${section}`, `missing: a section [${section}]`);
  }
  const { quick: _, ...others } = paper;
  // A section [quick] inside the paper's is none of its keys.
  const whole = sections.paper.every((key, k) => key === sections.quick[k]) ? others : paper;
  const replaced = sectionAt(name, file, sections.quick);
  const grids = {
    paper: checked(whole, sections.paper),
    quick: checked({ ...whole, ...replaced }, replaced ? sections.quick : sections.paper),
  };
  return grids[profile];
}

/** What the file of a figure that is no sweep says. */
export function gridOf<const S extends v.GenericSchema>(id: string, schema: S) {
  const name = exampleName(id);
  return (profile?: Profile) =>
    partOfFile({ name, text: textOf(name) }, schema, { paper: [], quick: ['quick'] }, profile);
}

/** What a figure that is a sweep has besides: the section [figure] of its file, whose keys [quick.figure] replaces. */
export function besidesSweep<const S extends v.GenericSchema>(id: string, schema: S) {
  const name = exampleName(id);
  const sections = { paper: ['figure'], quick: ['quick', 'figure'] };
  return (profile?: Profile) => partOfFile({ name, text: textOf(name) }, schema, sections, profile);
}

/** What a statement of the paper that belongs to no figure is measured on: its section of the file of all. */
export function statementGrid<const S extends v.GenericSchema>(statement: string, schema: S) {
  const name = 'statements.toml';
  const sections = { paper: [statement], quick: [statement, 'quick'] };
  return (profile?: Profile) => partOfFile({ name, text: textOf(name) }, schema, sections, profile);
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
