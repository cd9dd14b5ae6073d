// Fig. 4(b): weak disorder, where the avalanche takes the lattice.
import { mapFigure } from './latticeMap.js';

export const figure = mapFigure({
  id: '4b',
  title: 'Fig. 4(b) Weak disorder in two dimensions',
  strength: 20,
  fails: false,
});
