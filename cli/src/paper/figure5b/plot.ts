// Fig. 5(b): there are no regimes to mark.
import { plotFractions } from '../avalancheFractionPlot.js';

export const plot = plotFractions({
  subtitle: 'fraction of realizations in which the avalanche runs, g₀ = 1; bars: 68 % intervals',
  regimes: false,
});
