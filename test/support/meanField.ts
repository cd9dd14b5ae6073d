// How far a mean-field solution is from solving its equations.
import type { Core } from 'emft';

export const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));

/** Largest |g_n / (g_{n,0} e^{(η_tot − η_n)/2}) − 1|, by the quadrature. */
export function residual(core: Core, bare: Float64Array, g: Float64Array): number {
  const { eta } = core.responseQuadrature(g);
  const total = eta.reduce((sum, e) => sum + e, 0);
  return Math.max(...g.map((x, i) => relative(x, bare[i] * Math.exp(0.5 * (total - eta[i])))));
}
