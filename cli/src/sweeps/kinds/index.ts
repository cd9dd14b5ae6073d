// The registry of the kinds that an experiment file can name under `compute`. The file of a kind has its name: a run's
// identity covers only that file and its imports (buildIdentity.ts).

import type { SweepKinds } from '../kind.js';
import { bath } from './bath.js';
import { distribution } from './distribution.js';
import { drh } from './drh.js';
import { ed } from './ed.js';
import { late } from './late.js';
import { lattice } from './lattice.js';
import { orbitals } from './orbitals.js';
import { response } from './response.js';
import { spins } from './spins.js';
import { sun } from './sun.js';

export const sweepKinds: SweepKinds = {
  drh,
  response,
  distribution,
  lattice,
  orbitals,
  ed,
  late,
  spins,
  sun,
  bath,
};
