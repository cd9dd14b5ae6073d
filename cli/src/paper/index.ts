// The registry: a figure of the paper is one file and one line here. Loaded on demand, because plotting is heavy.
import type { Claim } from './claim.js';
import type { Figure, FigureContext } from './figure.js';

export const figures: Record<string, () => Promise<{ figure: Figure }>> = {
  '1c': () => import('./figure1c.js'),
  '1d': () => import('./figure1d.js'),
  '2a': () => import('./figure2a.js'),
  '2b': () => import('./figure2b.js'),
  n1: () => import('./figureN1.js'),
  n2: () => import('./figureN2.js'),
  '3a': () => import('./figure3a.js'),
  '3b': () => import('./figure3b.js'),
  '4a': () => import('./figure4a.js'),
  '4b': () => import('./figure4b.js'),
  '5a': () => import('./figure5a.js'),
  '5b': () => import('./figure5b.js'),
  '5c': () => import('./figure5c.js'),
  '5d': () => import('./figure5d.js'),
  h1: () => import('./figureH1.js'),
};

/** Statements of the paper that belong to no figure; each entry measures some of them. */
export const claimChecks: Record<string, () => Promise<{ check(context: FigureContext): Promise<Claim[]> }>> =
  {
    'resonance distribution': () => import('./claims/density.js'),
    'lattice thresholds': () => import('./claims/lattices.js'),
    'critical coupling': () => import('./claims/critical.js'),
  };
