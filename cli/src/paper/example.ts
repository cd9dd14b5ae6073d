// The grids of the figures stand in the experiment files of cli/examples/, where `emft sweep` reads them too. What a figure
// shares with a sweep, it reads from there: values and numbers of samples are written down once.
import { readFileSync } from 'node:fs';
import { type AxisRange, axisValues } from '../sweeps/axis.js';
import { type Experiment, parseExperiment } from '../sweeps/experiment.js';
import type { Ensemble, Profile } from './figure.js';

/** The file of a figure; the one of the quick profile has a name of its own. */
export function exampleName(id: string, profile: Profile = 'paper'): string {
  return profile === 'paper' ? `figure-${id}.toml` : `figure-${id}-quick.toml`;
}

export function example(id: string, profile: Profile = 'paper'): Experiment {
  const name = exampleName(id, profile);
  const text = readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
  return parseExperiment(text, name).experiment;
}

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
