// Fig. 5(a), with the regimes in which every, some and no offset has an avalanche.
import { plotFractions } from '../avalancheFractionPlot.js';

export const plot = plotFractions({
  subtitle: 'fraction of phase offsets θ₀ at which the avalanche runs, g₀ = 1; bars: 68 % intervals',
  regimes: true,
});
