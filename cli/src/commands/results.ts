// Shared by `figure` and `reproduce`: computing figures and writing their files.

import type { Core } from 'emft';
import { type Provenance, provenance } from '../files/provenance.js';
import { ResultDirectory } from '../files/resultDirectory.js';
import type { Figure, FigureContext, FigureResult, Profile } from '../paper/figure.js';
import type { Progress } from './progress.js';

export interface FigureRun extends FigureResult {
  figure: string;
  files: string[];
  /** Seconds of one core that it took: measured by the workers, or by this thread where the workers had nothing to do. */
  seconds: number;
}

/** Computes one figure and writes its files into `directory`. */
export async function runFigure(
  figure: Figure,
  core: Core,
  which: Pick<FigureContext, 'profile' | 'ensemble' | 'rows' | 'reading' | 'signal' | 'workers'>,
  progress: Pick<Progress, 'update'>,
  directory: ResultDirectory,
  origin: Provenance,
  heading?: boolean,
): Promise<FigureRun> {
  const { figureFiles } = await import('../paper/render.js');
  let began = performance.now();
  let ofWorkers = 0;
  const onTime = (s: number) => {
    ofWorkers += s;
  };
  const result = await figure.compute({ core, ...which, onTime, progress: (x) => progress.update(x) });
  const computed = ofWorkers || (performance.now() - began) / 1000;
  began = performance.now();
  const contents = await figureFiles(figure, result, origin, heading);
  const seconds = computed + (performance.now() - began) / 1000;
  const files = await directory.write(contents);
  return { figure: figure.id, files, seconds, ...result };
}

/** Opens a result directory and refuses, before any work, files that would have to be overwritten. */
export async function openResults(
  path: string,
  names: string[],
  profile: Profile,
  force: boolean | undefined,
): Promise<{ directory: ResultDirectory; origin: Provenance }> {
  const origin = provenance();
  const directory = await ResultDirectory.open(path, { ...origin, profile }, { force });
  await directory.check(names);
  return { directory, origin };
}
