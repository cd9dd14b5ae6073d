// One l-bit: the response over a range of couplings, and the two distributions at one coupling.
import type { Cores } from '../tasks.js';

const LN10 = Math.LN10;

/** Points of a logarithmic grid. */
function decades(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => 10 ** (low + ((high - low) * i) / (count - 1)));
}

export function lbit({ g }: { g: number }, { core }: Cores) {
  const grid = decades(-4, 3, 211);
  const at = core.response(Float64Array.of(g));
  const x = decades(Math.log10(g) - 4, Math.log10(g) + 5, 271);
  // p_g(x) = p̃(x/g)/g; per decade it is x p_g(x) log 10.
  const tilde = core.resonanceDistribution(x.map((v) => v / g));
  const s = Float64Array.from({ length: 400 }, (_, i) => ((i + 0.5) / 400) * Math.LN2);
  return {
    g: grid,
    ...core.response(grid),
    at: { eta: at.eta[0], entropy: at.entropy[0], czz: at.czz[0] },
    x,
    perDecade: x.map((v, i) => (v / g) * tilde.density[i] * LN10),
    above: core.resonanceDistribution(Float64Array.of(1 / g)).above[0],
    s,
    pS: core.entropyDistribution(g, s),
  };
}
