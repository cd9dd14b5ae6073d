// A known product, which a team computes before it is trusted, to be compared bit by bit
// with the product of one thread:
//     X_{r+1} = M X_r,   M of order ROWS, X of COLUMNS columns, r = 0 … rounds − 1,
// one region a round and one task a row. A row depends on all rows of the round before, so the result changes if a
// leader goes on too early or a worker takes the wrong task. Workers compute each of their rows several times, so that
// the leader has to wait for them.
import { recordBytes } from '../job';
import { parallelFor } from './team';

const ROWS: i32 = 64;
const COLUMNS: i32 = 4;
const REPEATS: i32 = 8;
const MATRIX_BYTES: usize = (<usize>ROWS * ROWS) << 3;
const X_BYTES: usize = (<usize>ROWS * COLUMNS) << 3;

@unmanaged
class Round {
  matrix: usize;
  from: usize;
  to: usize;
  leads: i32;
}

/** Number of doubles at the address that `teamCheck` returns. */
export function teamCheckLength(): i32 {
  return ROWS * COLUMNS;
}

/** Bytes of workspace of `teamCheck`. */
export function teamCheckWorkspace(): usize {
  return recordBytes<Round>() + MATRIX_BYTES + 2 * X_BYTES;
}

/**
 * Computes the product on all threads of the team; returns its address, in `work`.
 * @param threads size of the team that is checked, also when one thread computes
 */
export function teamCheck(rounds: i32, threads: i32, work: usize): usize {
  const round = changetype<Round>(work);
  round.matrix = work + recordBytes<Round>();
  round.from = round.matrix + MATRIX_BYTES;
  round.to = round.from + X_BYTES;
  round.leads = threads;
  for (let k = 0; k < ROWS * ROWS; ++k) {
    store<f64>(round.matrix + ((<usize>k) << 3), <f64>(((k * 37) % 101) - 50) * (1.0 / 256));
  }
  for (let k = 0; k < ROWS * COLUMNS; ++k) store<f64>(round.from + ((<usize>k) << 3), 1 / <f64>(k + 1));
  for (let r = 0; r < rounds; ++r) {
    // Clears the rows of an earlier round, which must not pass for rows of this round.
    memory.fill(round.to, 0xff, X_BYTES);
    parallelFor(ROWS, rowTask.index, work);
    const next = round.to;
    round.to = round.from;
    round.from = next;
  }
  return round.from;
}

function rowTask(row: i32, args: usize): void {
  const round = changetype<Round>(args);
  const repeats = row % round.leads == 0 ? 1 : REPEATS;
  for (let again = 0; again < repeats; ++again) multiplyRow(row, round);
}

function multiplyRow(row: i32, round: Round): void {
  const m = round.matrix + ((<usize>row * ROWS) << 3);
  for (let j = 0; j < COLUMNS; ++j) {
    let sum: f64 = 0;
    for (let i = 0; i < ROWS; ++i) {
      sum += load<f64>(m + ((<usize>i) << 3)) * load<f64>(round.from + ((<usize>i * COLUMNS + j) << 3));
    }
    store<f64>(round.to + ((<usize>row * COLUMNS + j) << 3), sum);
  }
}
