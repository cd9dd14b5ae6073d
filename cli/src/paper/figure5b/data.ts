// Fig. 5(b): the same with random phases, where rare regions of weak disorder start avalanches at larger W.
import { fractionData } from '../avalancheFraction.js';

export const data = fractionData('5b', {
  title: 'Fig. 5(b) Avalanches in random lattices',
  ends: ['some'],
});
