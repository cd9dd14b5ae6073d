// Fig. 4(b): weak disorder, where the avalanche takes the lattice.
import { mapData } from '../latticeMap.js';

export const data = mapData({ id: '4b', title: 'Fig. 4(b) Weak disorder in two dimensions' });
