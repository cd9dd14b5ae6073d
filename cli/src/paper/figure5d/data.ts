// Fig. 5(d): weaker disorder, where some intervals of the phase offset avalanche and others do not.
import { scanData } from '../phaseScan.js';

export const data = scanData('5d');
