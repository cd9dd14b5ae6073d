// Fig. 5(a), with the regimes in which every, some and no offset has an avalanche.
import { plotFractions } from '../avalancheFractionPlot.js';

export const plot = plotFractions('phase offsets $θ_0$');
