// Fig. 5(c): below the threshold, where some phase offsets avalanche and others do not. W = 75 stands for the paper's
// strength below its threshold: with the printed parameters every offset avalanches at W = 45.
import { scanData } from '../phaseScan.js';

export const data = scanData('5c');
