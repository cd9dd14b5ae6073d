// The registry: a figure is a folder and one line here. Loaded on demand, because plotting is heavy.
import type { Claim } from './claim.js';
import { assemble, type Figure, type FigureContext } from './figure.js';

type Figures = Record<string, () => Promise<{ figure: Figure }>>;

/** Those of the paper, and tests of what it assumes: what `npm start` computes. */
const paper: Figures = {
  '1c': () =>
    assemble(
      '1c',
      import('./figure1c/data.js'),
      () => import('./figure1c/plot.js'),
      import('./figure1c/claims.js'),
    ),
  '1d': () =>
    assemble(
      '1d',
      import('./figure1d/data.js'),
      () => import('./figure1d/plot.js'),
      import('./figure1d/claims.js'),
    ),
  '2a': () =>
    assemble(
      '2a',
      import('./figure2a/data.js'),
      () => import('./figure2a/plot.js'),
      import('./figure2a/claims.js'),
    ),
  '2b': () =>
    assemble(
      '2b',
      import('./figure2b/data.js'),
      () => import('./figure2b/plot.js'),
      import('./figure2b/claims.js'),
    ),
  n1: () =>
    assemble(
      'n1',
      import('./figuren1/data.js'),
      () => import('./figuren1/plot.js'),
      import('./figuren1/claims.js'),
    ),
  n2: () =>
    assemble(
      'n2',
      import('./figuren2/data.js'),
      () => import('./figuren2/plot.js'),
      import('./figuren2/claims.js'),
    ),
  c1: () => assemble('c1', import('./figurec1/data.js'), () => import('./figurec1/plot.js')),
  '3a': () =>
    assemble(
      '3a',
      import('./figure3a/data.js'),
      () => import('./figure3a/plot.js'),
      import('./figure3a/claims.js'),
    ),
  '3b': () =>
    assemble(
      '3b',
      import('./figure3b/data.js'),
      () => import('./figure3b/plot.js'),
      import('./figure3b/claims.js'),
    ),
  '4a': () =>
    assemble(
      '4a',
      import('./figure4a/data.js'),
      () => import('./figure4a/plot.js'),
      import('./figure4a/claims.js'),
    ),
  '4b': () =>
    assemble(
      '4b',
      import('./figure4b/data.js'),
      () => import('./figure4b/plot.js'),
      import('./figure4b/claims.js'),
    ),
  '5a': () =>
    assemble(
      '5a',
      import('./figure5a/data.js'),
      () => import('./figure5a/plot.js'),
      import('./figure5a/claims.js'),
    ),
  '5b': () =>
    assemble(
      '5b',
      import('./figure5b/data.js'),
      () => import('./figure5b/plot.js'),
      import('./figure5b/claims.js'),
    ),
  '5c': () =>
    assemble(
      '5c',
      import('./figure5c/data.js'),
      () => import('./figure5c/plot.js'),
      import('./figure5c/claims.js'),
    ),
  '5d': () =>
    assemble(
      '5d',
      import('./figure5d/data.js'),
      () => import('./figure5d/plot.js'),
      import('./figure5d/claims.js'),
    ),
  h1: () => assemble('h1', import('./figureh1/data.js'), () => import('./figureh1/plot.js')),
};

/** Those that go beyond it, with findings of their own: `emft reproduce --all` computes them too. */
export const beyondPaper: Figures = {
  s1: () =>
    assemble(
      's1',
      import('./figures1/data.js'),
      () => import('./figures1/plot.js'),
      import('./figures1/beyond.js'),
    ),
  s2: () =>
    assemble(
      's2',
      import('./figures2/data.js'),
      () => import('./figures2/plot.js'),
      import('./figures2/beyond.js'),
    ),
  b1: () =>
    assemble(
      'b1',
      import('./figureb1/data.js'),
      () => import('./figureb1/plot.js'),
      import('./figureb1/beyond.js'),
    ),
  t1: () =>
    assemble(
      't1',
      import('./figuret1/data.js'),
      () => import('./figuret1/plot.js'),
      import('./figuret1/beyond.js'),
    ),
  n3: () =>
    assemble(
      'n3',
      import('./figuren3/data.js'),
      () => import('./figuren3/plot.js'),
      import('./figuren3/beyond.js'),
    ),
  d1: () =>
    assemble(
      'd1',
      import('./figured1/data.js'),
      () => import('./figured1/plot.js'),
      import('./figured1/beyond.js'),
    ),
  e1: () =>
    assemble(
      'e1',
      import('./figuree1/data.js'),
      () => import('./figuree1/plot.js'),
      import('./figuree1/beyond.js'),
    ),
};

export const figures: Figures = { ...paper, ...beyondPaper };

/** Statements of the paper that belong to no figure; each entry measures some of them. */
export const claimChecks: Record<string, () => Promise<{ check(context: FigureContext): Promise<Claim[]> }>> =
  {
    'resonance distribution': () => import('./statements/density.js'),
    'critical coupling': () => import('./statements/critical.js'),
  };
