// Drivers in steps, for callers that have to look up in between: xStart(…, work) notes what there is to do in a record at
// the start of the workspace, xStep(work, budget) does about `budget` nanoseconds of it and returns MORE until all is
// done, then a status code; xProgress(work) tells how much is done. Where a step ends changes no bit. The costs of the
// parts are nominal: those of one core of 3 GHz. With an infinite budget a step is a whole part, as fast as without
// steps. Nothing but the record may be needed from one step to the next: a driver has no memory of its own.

/** How many of the `left` units of `cost` nanoseconds a step may do: at least `least`, or all that is left. */
export function portion(budget: f64, cost: f64, least: i32, left: i32): i32 {
  const most = budget / cost;
  return most < <f64>left ? min(left, max(least, <i32>most)) : left;
}
