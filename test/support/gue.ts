// Random Hermitian matrices for tests of complex grains.
import type { Core } from 'emft';
// @ts-expect-error: plain JavaScript
import { gue as matrix } from '../../scripts/gue.js';

/** A matrix of the GUE of order n, as scripts/gue.js makes it. */
export const gue = (core: Core, n: number, seed: number, stream: number): Float64Array =>
  matrix(core, n, { seed, stream });
