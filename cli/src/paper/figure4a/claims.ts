// What becomes of the avalanche of Fig. 4(a).
import { mapClaims } from '../latticeMap.js';

export const claims = mapClaims('4a', true);
