// A matrix in compressed rows which a job of assembly/ writes, some rows at a time.
import { type Arena, floats } from '../wasm/arena.js';
import { jobSteps } from '../wasm/jobs.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { CheckedCsr } from './entries.js';
import { takeWords } from './pieces.js';

/**
 * Entries that are made between two copies out of memory: a bound on the wait, for memory that is written for the first time takes
 * longest of all.
 */
const ENTRIES = 2 ** 17;

/** A matrix of n rows with no more than `most` entries each. */
interface Shape {
  n: number;
  complex: boolean;
  most: number;
}

/** Addresses for a number of rows: columns, entries, and for each row where it ends, counted from 0. */
interface RowsRoom {
  together: number;
  indices: number;
  data: number;
  ends: number;
}

export function rowsRoom(arena: Arena, { n, complex, most }: Shape): RowsRoom {
  const together = Math.max(1, Math.min(n, Math.floor(ENTRIES / Math.max(1, most))));
  const entries = together * most;
  return {
    together,
    indices: arena.i32(entries),
    data: arena.f64((complex ? 2 : 1) * entries),
    ends: arena.i32(together),
  };
}

/** The job at `work` that writes rows `from` … `to`, and leaves at `entries` how many entries these have. */
interface RowsJob {
  work: number;
  entries: number;
  start(from: number, to: number): void;
}

export function* matrixByRows(
  runtime: Runtime,
  arena: Arena,
  { n, complex, most }: Shape,
  room: RowsRoom,
  job: RowsJob,
  budget: number,
): Steps<CheckedCsr> {
  const width = complex ? 2 : 1;
  const indptr = new Uint32Array(n + 1);
  // As many as there may be: what is not written takes no memory.
  const indices = new Uint32Array(n * most);
  const data = floats(width * n * most);
  let end = 0;
  for (let row = 0; row < n; row += room.together) {
    const to = Math.min(n, row + room.together);
    job.start(row, to);
    yield* share(jobSteps(runtime, job.work, budget), row / n, to / n);
    const count = arena.word(job.entries);
    const ends = takeWords(arena, room.ends, to - row);
    for (let i = row; i < to; ++i) indptr[i + 1] = end + ends[i - row];
    indices.set(arena.viewI32(room.indices, count), end);
    data.set(arena.view(room.data, width * count), width * end);
    end += count;
    yield to / n;
  }
  return { n, complex, indptr, indices: indices.subarray(0, end), data: data.subarray(0, width * end) };
}
