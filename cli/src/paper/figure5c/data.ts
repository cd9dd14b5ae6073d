// Fig. 5(c): strong disorder, where every avalanche fails, and (20) tells how far apart grains must be.
import { scanData } from '../phaseScan.js';

export const data = scanData('5c');
