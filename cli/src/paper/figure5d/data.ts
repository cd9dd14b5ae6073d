// Fig. 5(d): above the threshold every avalanche fails, and (20) tells how far apart grains must be.
import { scanData } from '../phaseScan.js';

export const data = scanData('5d', { spacing: true });
