// The iteration T → Φ(T), step by step, as views draw it between the curve Φ(T) and the diagonal.
import type { Core, GrainStatistics } from 'emft';

interface ClimbOptions {
  /** T at first, and the largest there can be, nats. */
  start: number;
  top: number;
  /** Near a fold the climb passes a bottleneck: this many steps are drawn at most. */
  most: number;
  /** Level statistics; GOE by default. */
  grain?: GrainStatistics;
}

/** T, Φ(T), Φ(Φ(T)), … from `start`, until a step is too short to be seen; `bare`: logarithms of the couplings. */
export function climb(core: Core, bare: Float64Array, { start, top, most, grain }: ClimbOptions): number[] {
  const steps = [start];
  while (steps.length < most) {
    const last = steps[steps.length - 1];
    const [next] = core.meanFieldMap(bare, Float64Array.of(last), { log: true, grain }).phi;
    if (!(Math.abs(next - last) > 1e-4 * top)) break;
    steps.push(next);
  }
  return steps;
}

/** Where a climb from `start` ends: the next of the `roots` of Φ(T) = T, ascending, in the direction of its first step. */
export function climbsTo(roots: readonly { etaTot: number }[], start: number, first: number): number {
  const up = first > start;
  const next = up ? roots.find((root) => root.etaTot > start) : roots.findLast((root) => root.etaTot < start);
  return first === start ? start : (next?.etaTot ?? first);
}
