// The assignment of rows to columns, a permutation, that maximizes the total gain Σ_k gain(k, column(k)): shortest
// augmenting paths with dual variables (R. Jonker and A. Volgenant, Computing 38 (1987) 325; D. F. Crouse, IEEE Trans.
// Aerosp. Electron. Syst. 52 (2016) 1679). With u and v the dual variables of rows and columns, every step maintains
//
//     c(k, j) = −gain(k, j) − u_k − v_j ≥ 0,     with equality where k is assigned to j,
//
// which proves the assignment optimal once every row has a column. Gains may be any finite numbers; the result is optimal
// up to the rounding of sums of n of them. O(n³) at worst, O(n²) where most rows find their best column free.
import { end, Job, recordBytes, start } from '../job';
import { get, getInteger, set, setInteger } from '../numeric/elements';
import { OK } from '../status';
import { ASSIGNMENT_COST } from './tuning';

/** An assignment, with the data of the search for the path of a row. Vectors of n: doubles, or from `row` on integers. */
@unmanaged
class Assignment extends Job {
  gain: usize;
  /** The result: the column of each row. */
  column: usize;
  u: usize;
  v: usize;
  /** Least length of a path to each column reached so far. */
  length: usize;
  /** The row of each column, −1 for none; the row from which the path enters each column. */
  row: usize;
  before: usize;
  /** Columns without a shortest path yet; columns with one, in the order found. */
  open: usize;
  reached: usize;
  n: i32;
  count: i32;
  /** Elements of rows that were looked at. */
  looked: f64;
}

/** Bytes of workspace of an assignment. */
export function assignWorkspace(n: i32): usize {
  return recordBytes<Assignment>() + <usize>n * (3 * 8 + 4 * 4);
}

/** Starts an assignment, a job. gain: n×n, row k contiguous. column: n integers, in the end the column of each row. */
export function assignStart(n: i32, gain: usize, column: usize, work: usize): void {
  const search = changetype<Assignment>(work);
  const vector = (<usize>n) << 3;
  search.n = n;
  search.gain = gain;
  search.column = column;
  search.looked = 0;
  search.u = work + recordBytes<Assignment>();
  search.v = search.u + vector;
  search.length = search.v + vector;
  search.row = search.length + vector;
  search.before = search.row + (vector >> 1);
  search.open = search.before + (vector >> 1);
  search.reached = search.open + (vector >> 1);
  memory.fill(search.u, 0, 2 * vector);
  memory.fill(search.row, 0xff, vector >> 1);
  start(search, rowsPart.index);
}

/** Some rows: how long each takes is known only afterwards. */
function rowsPart(work: usize, budget: f64): void {
  const search = changetype<Assignment>(work);
  const most = search.looked + budget / ASSIGNMENT_COST;
  // One at least, whatever the budget.
  do assignRow(search, search.position++);
  while (search.position < search.n && search.looked < most);
  search.progress = <f64>search.position / <f64>search.n;
  if (search.position == search.n) end(search, OK);
}

function assignRow(search: Assignment, k: i32): void {
  let last = shortestPath(search, k);
  updateDuals(search, k, last);
  // Flips the path, from its free column back to row k: each row takes the column that the path reached from it.
  while (true) {
    const i = getInteger(search.before, last);
    const given = getInteger(search.column, i);
    setInteger(search.row, last, i);
    setInteger(search.column, i, last);
    if (i == k) break;
    last = given;
  }
}

/** Dijkstra's search from row k over the reduced costs c ≥ 0; returns the nearest column without a row. */
function shortestPath(search: Assignment, k: i32): i32 {
  const n = search.n;
  for (let j = 0; j < n; ++j) {
    set(search.length, j, Infinity);
    // From the last to the first, so that the first of several columns at one distance is taken.
    setInteger(search.open, j, n - 1 - j);
  }
  search.count = 0;
  let left = n;
  let i = k;
  let shortest = 0.0;
  while (true) {
    const row = search.gain + ((<usize>i * <usize>n) << 3);
    const base = shortest - get(search.u, i);
    let nearest = Infinity;
    let at = -1;
    search.looked += <f64>left;
    for (let t = 0; t < left; ++t) {
      const j = getInteger(search.open, t);
      const through = base - get(row, j) - get(search.v, j);
      let length = get(search.length, j);
      if (through < length) {
        length = through;
        set(search.length, j, through);
        setInteger(search.before, j, i);
      }
      // Of several columns at one distance, a free one ends the search.
      if (length < nearest || (length == nearest && getInteger(search.row, j) < 0)) {
        nearest = length;
        at = t;
      }
    }
    shortest = nearest;
    const j = getInteger(search.open, at);
    setInteger(search.open, at, getInteger(search.open, --left));
    const next = getInteger(search.row, j);
    if (next < 0) return j;
    setInteger(search.reached, search.count++, j);
    i = next;
  }
}

/** Updates the dual variables: c stays ≥ 0, and becomes 0 along the path from row k to column `last`. */
function updateDuals(search: Assignment, k: i32, last: i32): void {
  const shortest = get(search.length, last);
  set(search.u, k, get(search.u, k) + shortest);
  for (let t = 0; t < search.count; ++t) {
    const j = getInteger(search.reached, t);
    const i = getInteger(search.row, j);
    const change = shortest - get(search.length, j);
    set(search.u, i, get(search.u, i) + change);
    set(search.v, j, get(search.v, j) - change);
  }
}
