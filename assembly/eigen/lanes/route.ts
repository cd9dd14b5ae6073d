// Which matrices are decomposed in lanes, alone and in batches: those that QR would decompose, up to an order.
import { worksOnWhole } from '../methods';
import { LANES_TO } from '../tuning';

/** Whether `decomposeLanes` is the first choice for matrices of order n by this method; what it refuses goes the other way. */
export function goesInLanes(n: i32, method: i32): bool {
  return n > 1 && n <= LANES_TO && !worksOnWhole(method);
}
