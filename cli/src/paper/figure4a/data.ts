// Fig. 4(a): strong disorder, where the paper's avalanche stays near the grain.
import { mapData } from '../latticeMap.js';

export const data = mapData({ id: '4a', title: 'Fig. 4(a) Strong disorder in two dimensions' });
