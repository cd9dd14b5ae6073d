// Which J₁ gives a coupling g, roughly. Figures that vary g choose their models by it, and measure the g that comes out.
import type { ModelStatistics } from 'emft';

/** g/(√d_g J) in the middle of the spectrum of the grain. */
const PER_COUPLING: Record<ModelStatistics, number> = { goe: 0.2394, gue: 0.2659, poisson: 0.2168 };

export function aimedCoupling(g: number, grainDimension: number, grain: ModelStatistics = 'goe'): number {
  return g / (PER_COUPLING[grain] * Math.sqrt(grainDimension));
}
