// The registry of what an experiment file can name under `compute`.
import { distribution } from './kinds/distribution.js';
import { drh } from './kinds/drh.js';
import { ed } from './kinds/ed.js';
import { lattice } from './kinds/lattice.js';
import { orbitals } from './kinds/orbitals.js';
import { response } from './kinds/response.js';
import type { SweepKinds } from './sweepKind.js';

export const sweepKinds: SweepKinds = { drh, response, distribution, lattice, orbitals, ed };
