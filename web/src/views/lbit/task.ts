// One l-bit: the response over a range of couplings, and the two distributions at one coupling.
import type { Core, GrainStatistics } from 'emft';
import { halved } from '../../../../cli/src/common/bisection.js';
import { decades } from '../../tasks/decades.js';
import type { Cores } from '../../tasks/task.js';

export interface LbitResult {
  /** Reduced couplings, with the response at each. */
  g: Float64Array;
  eta: Float64Array;
  entropy: Float64Array;
  czz: Float64Array;
  /** The response at the coupling asked for. */
  at: { eta: number; entropy: number; czz: number };
  /** Resonance strengths, with their density per decade. */
  x: Float64Array;
  perDecade: Float64Array;
  /** Share of the eigenstates with x > 1, and with S > ½ log 2. */
  above: number;
  entangled: number;
  /** Entropies, nats, with the density p_S. */
  s: Float64Array;
  pS: Float64Array;
}

const LN10 = Math.LN10;

/** Resonance strength at which S(h) = ½ log 2. */
function halfEntropy(core: Core): number {
  const entropy = (h: number) => core.twoLevelMixing(Float64Array.of(h)).entropy[0];
  return halved(60, [0.1, 1], (h) => entropy(h) < 0.5 * Math.LN2)[0];
}

interface LbitInput {
  g: number;
  /** Level statistics; GOE by default. */
  grain?: GrainStatistics;
}

export function lbit({ g, grain }: LbitInput, { core }: Cores): LbitResult {
  const grid = decades(-4, 3, 211);
  const at = core.response(Float64Array.of(g), { grain });
  // x = 1 is one of the points: the shaded area starts there.
  const x = decades(-4, 4, 641);
  // p_g(x) = p̃(x/g)/g; per decade it is x p_g(x) log 10.
  const tilde = core.resonanceDistribution(
    x.map((v) => v / g),
    { grain },
  );
  const [above, entangled] = core.resonanceDistribution(Float64Array.of(1 / g, halfEntropy(core) / g), {
    grain,
  }).above;
  // Cubes: p_S has its structure at S → 0 when g is small.
  const s = Float64Array.from({ length: 500 }, (_, i) => ((i + 0.5) / 500) ** 3 * Math.LN2);
  return {
    g: grid,
    ...core.response(grid, { grain }),
    at: { eta: at.eta[0], entropy: at.entropy[0], czz: at.czz[0] },
    x,
    perDecade: x.map((v, i) => (v / g) * tilde.density[i] * LN10),
    above,
    entangled,
    s,
    pS: core.entropyDistribution(g, s, { grain }),
  };
}
