// Which entropies count as different from the theory, in the drawing and in the findings.
import type { Point } from './data.js';

/** Entropies (in units of log 2) that differ by no more than this and two standard errors count as equal. */
const CLOSE = 0.05;

export const apart = (r: Point) => Math.abs(r.theoryBits - r.entropyBits) > CLOSE + 2 * r.entropyError;
