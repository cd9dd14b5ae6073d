// emft lattice: one realization of the two-dimensional lattice around a grain.

import type { Core, LatticeCouplings, LatticeModel } from 'emft';
import { latticeRanges } from 'emft/check';
import { RELATIVE } from '../common/constants.js';
import { command } from './command.js';
import { printFacts, printJson, printTable, withCore } from './common.js';
import { number, type Values } from './flags.js';
import { json, latticeRequirement, radius, lattice as shared } from './shared.js';

/** Largest radius at which the whole eigenproblem takes about a second; it is possible up to the second value. */
const ASSIGN_RADIUS = 20;
const MAX_ASSIGN_RADIUS = latticeRanges.denseRadius.max;

const flags = {
  radius,
  strength: number('--strength <W>', 'strength of the potential, > 0', {
    required: true,
    allowed: latticeRanges.strength,
    becomes: [['options', 'strength']],
  }),
  ...shared,
  json: json('print { orbitals: [{ energy, phi0, g, entropy, site }], etaTot, etaTotBounds, avalanche }'),
};

export const lattice = command({
  name: 'lattice',
  description: 'orbitals, couplings and mean-field solution of the two-dimensional lattice around a grain',
  example: '--radius 3 --strength 90 --theta0 2.9',
  flags,
  requires: latticeRequirement,
  help: () => `
phi0 is the component at the origin, site the [n1, n2] that the orbital is assigned to (null on lattices too large
for that). Entropies and etaTot are in nats; etaTotBounds account for couplings that are not resolved.
avalanche: etaTot exceeds half of its maximum, N log 2.`,
  run,
});

async function run({ json, g0, grain, ...model }: Values<typeof flags>): Promise<void> {
  await withCore(async (core) => {
    const couplings = core.latticeCouplings({ ...model, relative: RELATIVE });
    const { g, entropy, etaTot, etaTotBounds, avalanche } = core.latticeMeanField(couplings, { g0, grain });
    const { energies, phi0, sites } = couplings;
    const labels = labelled(core, model, couplings);
    const orbitals = Array.from(energies, (energy, i) => ({
      energy,
      phi0: phi0[i],
      g: g[i],
      entropy: entropy[i],
      site: labels && [sites[2 * labels[i]], sites[2 * labels[i] + 1]],
    }));
    if (json) await printJson({ orbitals, etaTot, etaTotBounds, avalanche });
    else {
      const site = orbitals.map((orbital) => orbital.site?.join(', ') ?? '');
      await printTable({ energy: energies, phi0, g, entropy, site });
      await printFacts({ etaTot, etaTotBounds: etaTotBounds.join(' '), avalanche });
    }
  });
}

/**
 * Sites by assignment if that takes seconds at most or no other method labels the orbitals;
 * otherwise where the orbitals peak.
 */
function labelled(core: Core, model: LatticeModel, couplings: LatticeCouplings): Int32Array | null {
  const limit = couplings.site ? ASSIGN_RADIUS : MAX_ASSIGN_RADIUS;
  return model.radius <= limit ? core.latticeCouplings({ ...model, method: 'dense' }).site : couplings.site;
}
