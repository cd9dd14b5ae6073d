// Bare couplings at an energy: against a plain restatement, sums over all levels, and what eigenstates of a grain have.
import { createCore, InputError, type ModelStatistics } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const grains: ModelStatistics[] = ['goe', 'gue', 'poisson'];
const model = { grainDimension: 32, fields: [1, 0.7, -1.2, 0.4], couplings: [0.02, 0.3, 0.1, -0.05] };

/** Configurations by the bits of a number, the density of the grain as a textbook has it. */
function restated({
  energy,
  grainScale: s = 1.5,
  grain = 'goe',
}: {
  energy: number;
  grainScale?: number;
  grain?: ModelStatistics;
}) {
  const { grainDimension: d, fields, couplings } = model;
  const rho = (x: number) => {
    if (grain === 'poisson') return Math.abs(x) < Math.sqrt(3) * s ? d / (Math.sqrt(12) * s) : 0;
    return Math.abs(x) < 2 * s ? (d * Math.sqrt(4 * s * s - x * x)) / (2 * Math.PI * s * s) : 0;
  };
  const square = (list: number[]) => list.reduce((sum, x) => sum + x * x, 0);
  const own = s * s + square(fields);
  const share = own / (own + 2 * square(couplings));
  const e = share * energy;
  const n = fields.length;
  const spin = (state: number, k: number) => 1 - 2 * ((state >> k) & 1);
  const states = Array.from({ length: 2 ** n }, (_, state) => state);
  const at = (state: number) => e - fields.reduce((sum, h, k) => sum + spin(state, k) * h, 0);
  const absolute = grain === 'gue' ? Math.sqrt(Math.PI) / 2 : Math.sqrt(2 / Math.PI);
  const side = (k: number, up: number) => {
    const own = states.filter((state) => spin(state, k) === up);
    const levels = own.reduce((sum, state) => sum + rho(at(state)), 0);
    const pairs = own.reduce((sum, state) => sum + rho(at(state)) * rho(at(state ^ (1 << k))), 0);
    return { levels, g: (((2 * Math.abs(couplings[k])) / Math.sqrt(2 * d)) * absolute * pairs) / levels };
  };
  const up = fields.map((_, k) => side(k, 1));
  const down = fields.map((_, k) => side(k, -1));
  return {
    up: up.map(({ g }) => g),
    down: down.map(({ g }) => g),
    polarization: up.map(({ levels }, k) => (levels - down[k].levels) / (levels + down[k].levels)),
    density:
      Math.sqrt(share) *
      states.reduce((sum, state) => sum + rho(at(state) - e + Math.sqrt(share) * energy), 0),
  };
}

describe('grainCouplings', () => {
  test.each(grains)('%s: is what the formulas say, with detailed balance', (grain) => {
    for (const energy of [0.3, -1.9, 2.6]) {
      const [found, stated] = [core.grainCouplings({ ...model, energy, grain }), restated({ energy, grain })];
      for (const key of ['up', 'down', 'polarization'] as const)
        found[key].forEach((x, k) => void expect(Math.abs(x - stated[key][k])).toBeLessThan(1e-13));
      expect(Math.abs(found.density / stated.density - 1)).toBeLessThan(1e-13);
      // p↑ g↑ = p↓ g↓, by which the mean field has the same polarization.
      const { polarization } = core.responseAtEnergy(found.up, found.down, { grain });
      polarization.forEach((m, k) => void expect(Math.abs(m - found.polarization[k])).toBeLessThan(1e-12));
    }
  });

  test.each(grains)('%s: at energy 0 both are equal to the bit, at −E they change places', (grain) => {
    const centre = core.grainCouplings({ ...model, grain });
    expect(centre.up).toEqual(centre.down);
    expect(centre.polarization).toEqual(new Float64Array(4));
    for (const energy of [0.1, 1.7, 3.3]) {
      const one = core.grainCouplings({ ...model, grain, energy });
      const other = core.grainCouplings({ ...model, grain, energy: -energy });
      expect(other.up).toEqual(one.down);
      expect(other.down).toEqual(one.up);
      expect(other.polarization).toEqual(one.polarization.map((m) => 0 - m));
      expect(other.density).toBe(one.density);
    }
  });

  test.each(grains)('%s: all levels are counted, and lie as far from the centre as they should', (grain) => {
    const step = 0.004;
    let [count, square] = [0, 0];
    for (let energy = -7 + step / 2; energy < 7; energy += step) {
      try {
        const { density } = core.grainCouplings({ ...model, grain, energy });
        count += density * step;
        square += density * step * energy * energy;
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
    const levels = 32 * 16;
    expect(Math.abs(count / levels - 1)).toBeLessThan(2e-3);
    const own = 1.5 ** 2 + 1 + 0.7 ** 2 + 1.2 ** 2 + 0.4 ** 2;
    const coupled = 2 * (0.02 ** 2 + 0.3 ** 2 + 0.1 ** 2 + 0.05 ** 2);
    // tr H²/D of the whole model
    expect(Math.abs(square / levels / (own + coupled) - 1)).toBeLessThan(4e-3);
  });

  test('is the mean reduced coupling of an l-bit that is up, on grains of 256 levels', () => {
    const [h, j1, samples] = [0.6, 0.01, 8];
    const mean = Array.from({ length: samples }, (_, sample) => {
      const more = { grainDimension: 256, j1, h, deltaH: 0 };
      const drawn = core.randomGrainModel({ alpha: 1, n: 1, seed: 3, sample, ...more });
      return core.reducedCoupling({ ...drawn, fraction: 0.15, shell: 0.3 }).g / samples;
    }).reduce((sum, g) => sum + g, 0);
    // The l-bit has the energy h, the grain none.
    const { up } = core.grainCouplings({ grainDimension: 256, fields: [h], couplings: [j1], energy: h });
    expect(Math.abs(mean / up[0] - 1)).toBeLessThan(0.03);
  });

  test('refuses an energy where no state is, and what is out of range', () => {
    expect(() => core.grainCouplings({ ...model, energy: 40 })).toThrow(/no state of the grain/);
    expect(() => core.grainCouplings({ ...model, couplings: [1] })).toThrow(
      /couplings: expected 4|'couplings'/,
    );
    expect(() => core.grainCouplings({ ...model, grainDimension: 12 })).toThrow(InputError);
    expect(() => core.grainCouplings({ ...model, fields: new Array(17).fill(1) })).toThrow(InputError);
  });
});
