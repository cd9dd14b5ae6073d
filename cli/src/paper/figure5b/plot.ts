// Fig. 5(b), with the threshold that quasiperiodic lattices have and random ones have not.
import { plotFractions } from '../avalancheFractionPlot.js';

export const plot = plotFractions('random phases');
