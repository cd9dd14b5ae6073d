// Which entropies count as different from the theory, in the drawing and in the findings.
import { isClose } from '../deviation.js';
import type { Point } from './data.js';

export const apart = (r: Point) => !isClose(r.theoryBits - r.entropyBits, r.entropyError);
