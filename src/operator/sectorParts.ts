// What is measured of parts of states in a sector of spins: they are brought into the whole space a few at a time.
import { floats } from '../wasm/arena.js';
import { inPairs } from '../wasm/numbers.js';
import { type Steps, share } from '../wasm/steps.js';
import type { PartsTask } from './density.js';
import type { SpinOperator } from './types.js';

/** Amplitudes in the whole space that are held at once, if one state has no more: a bound on memory, 64 MiB of complex ones. */
const HELD = 2 ** 22;

/** Vectors of an operator of spins, checked. */
export interface SectorTask {
  operator: SpinOperator;
  vectors: Float64Array;
  width: 1 | 2;
  columns: number;
  /** Of each site, whether it is inside. */
  inside: readonly boolean[];
}

/** The numbers that `measured` gives, as many for each state, of states of either kind. */
export function* inParts(
  task: PartsTask | SectorTask,
  measured: (task: PartsTask) => Steps<Float64Array>,
): Steps<Float64Array> {
  if (!('operator' in task)) return yield* measured(task);
  const { operator, vectors, width, columns, inside } = task;
  const { n, sites } = operator;
  const [length, dimensions] = [2 ** sites, Array<number>(sites).fill(2)];
  const block = Math.max(1, Math.floor(HELD / length));
  // Vectors of a sector with complex characters are complex there.
  const wide: 1 | 2 = operator.complex ? 2 : width;
  let out: Float64Array = new Float64Array(0);
  for (let from = 0; from < columns; from += block) {
    const count = Math.min(block, columns - from);
    const some = vectors.subarray(n * width * from, n * width * (from + count));
    const amplitudes = operator.embed(wide === width ? some : inPairs(some), count, wide === 2);
    yield from / columns;
    const whole = { amplitudes, length, width: wide, count, dimensions, inside: [...inside] };
    const found = yield* share(measured(whole), from / columns, (from + count) / columns);
    if (from === 0) out = floats((found.length / count) * columns);
    out.set(found, (found.length / count) * from);
  }
  return out;
}
