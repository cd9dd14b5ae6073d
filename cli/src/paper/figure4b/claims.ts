// What becomes of the avalanche of Fig. 4(b).
import { mapClaims } from '../latticeMap.js';

export const claims = mapClaims('4b', false);
