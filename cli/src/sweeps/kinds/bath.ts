// One chain of spins ½ in contact with an infinite bath at its first spin, as a row: how slowly it comes to rest.
import type { Core, SpinTerm } from 'emft';
import { cosineOfTurns } from '../../common/cosine.js';
import type { ParameterValues } from '../../common/parameters.js';
import { STREAMS } from '../../common/streams.js';
import type { Rows, SweepKind } from '../kind.js';

const potentials = ['random', 'quasiperiodic'];
const LETTERS = ['x', 'y', 'z'];

/** Turns from one site to the next of a quasiperiodic field: the golden ratio less one. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The fields; a longer chain begins with those of a shorter one. */
function fieldsOf(core: Core, p: ParameterValues, seed: number, sample: number): number[] {
  const key = { seed, stream: STREAMS.bathFields, index: sample };
  const [length, strength] = [p.spins as number, p.strength as number];
  if (p.potential === 'random') return Array.from(core.uniforms(key, length), (u) => strength * (2 * u - 1));
  const [phase] = core.uniforms(key, 1);
  return Array.from({ length }, (_, j) => strength * cosineOfTurns(GOLDEN * j + phase));
}

function termsOf(p: ParameterValues, fields: readonly number[]): SpinTerm[] {
  const bonds = LETTERS.flatMap((letter) =>
    fields.slice(1).map((_, i) => ({
      op: letter + letter,
      sites: [i, i + 1],
      coefficient: letter === 'z' ? (p.delta as number) : 1,
    })),
  );
  return [...bonds, ...fields.map((coefficient, i) => ({ op: 'z', sites: [i], coefficient }))];
}

async function compute(
  core: Core,
  p: ParameterValues,
  { seed, sample, signal }: { seed: number; sample: number; signal?: AbortSignal },
): Promise<Rows> {
  const sites = p.spins as number;
  const chain = core.spins({ sites, terms: termsOf(p, fieldsOf(core, p, seed, sample)) });
  const [x, y, z] = ['x', 'y', 'z'].map((op) => core.spins({ sites, terms: [{ op, sites: [0] }] }));
  // H conserves S^z, so that S^x and S^y have elements of one size between its eigenstates: for populations S^x by √2 stands for both.
  const short = await core.bathRateAsync(chain, [x.scaled(Math.SQRT2), z], { signal });
  // In the coherences of a level with copies their phases count.
  const alone = short.order === chain.n;
  const { rate, error } = alone ? short : await core.bathRateAsync(chain, [x, y, z], { signal });
  // Rounding can make 0 come out negative.
  const resolved = rate > error;
  return { rate: resolved ? rate : 0, error, resolved, scaled: resolved ? rate * (1 << (2 * sites)) : 0 };
}

export const bath: SweepKind = {
  description:
    'slowest rate at which a chain of spins ½ in a field comes to rest with an infinite bath at its first spin, to first order in the coupling to it',
  energy: 'the unit energy is the exchange J of H = Σ (S^x S^x + S^y S^y + delta S^z S^z) + Σ h_j S^z_j',
  parameters: {
    spins: { type: 'integer', min: 2, max: 13, unit: '1', description: 'number L of spins of the chain' },
    strength: {
      type: 'number',
      min: 0,
      max: 1e6,
      unit: 'energy',
      description:
        'strength W of the field: random ones are uniform on [-W, W], quasiperiodic ones W cos(2π j φ + θ), φ = (√5 - 1)/2, with a random phase θ',
    },
    potential: {
      type: 'choice',
      choices: potentials,
      default: 'random',
      unit: '1',
      description: 'random: each field by itself; quasiperiodic: the phase alone',
    },
    delta: {
      type: 'number',
      min: -1e6,
      max: 1e6,
      default: 1,
      unit: '1',
      description: 'anisotropy: 1 is a Heisenberg chain, 0 has no interactions',
    },
  },
  tables: {
    total: {
      description: 'one row a realization',
      rows: 'one',
      columns: {
        rate: {
          type: 'double',
          unit: '1',
          description:
            'slowest rate over the coupling γ, with S^x, S^y and S^z of the first spin as jump operators; 0 where it is below error',
        },
        error: { type: 'double', unit: '1', description: 'what rounding may have changed of it' },
        resolved: { type: 'boolean', unit: '1', description: 'whether the rate is above error' },
        scaled: {
          type: 'double',
          unit: '1',
          description: 'rate times 4^L: localization survives a thermal region where it falls with L',
        },
      },
    },
  },
  random: () => true,
  cost(p) {
    // Blocks of S^z are decomposed alone. Measured: 0.4 to 0.6 times this, L = 6 … 10.
    const n = 2 ** (p.spins as number);
    return 2e-3 + 2e-7 * n * n;
  },
  compute: (core, p, seed, sample, _table, signal) => compute(core, p, { seed, sample, signal }),
};
