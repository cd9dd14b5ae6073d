// Fig. 5(b): the same with random phases, where rare strong couplings start avalanches at every W.
import { fractionData } from '../avalancheFraction.js';

export const data = fractionData('5b', 'Fig. 5(b) Avalanches in random lattices');
