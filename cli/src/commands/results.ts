// Shared by `figure` and `reproduce`: computing figures and writing their files.

import type { Core } from 'emft';
import { type Provenance, provenance } from '../files/provenance.js';
import { ResultDirectory } from '../files/resultDirectory.js';
import type { Figure, FigureContext, FigureResult, Profile } from '../paper/figure.js';
import type { Progress } from './progress.js';

export interface FigureRun extends FigureResult {
  figure: string;
  files: string[];
}

/** Computes one figure and writes its files into `directory`. */
export async function runFigure(
  figure: Figure,
  core: Core,
  which: Pick<FigureContext, 'profile' | 'ensemble' | 'reading' | 'signal'>,
  progress: Progress,
  directory: ResultDirectory,
  origin: Provenance,
  heading?: boolean,
): Promise<FigureRun> {
  const { figureFiles } = await import('../paper/render.js');
  const result = await figure.compute({ core, ...which, progress: (x) => progress.update(x) });
  const files = await directory.write(await figureFiles(figure, result, origin, heading));
  return { figure: figure.id, files, ...result };
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
