// Fig. 4(a): strong disorder, where the paper's avalanche stays near the grain.
import { mapFigure } from './latticeMap.js';

export const figure = mapFigure({
  id: '4a',
  title: 'Fig. 4(a) Strong disorder in two dimensions',
  strength: 45,
  fails: true,
});
