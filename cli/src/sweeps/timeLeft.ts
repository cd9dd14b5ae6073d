// How long a sweep goes on, from the estimated costs of its chunks and the times at which they ended. Costs are right
// to a factor at best, another one for each size of problem, and the first chunks also wait for workers to start: so
// the pace is that of the later half of the work, and nothing is said before a share is done.

/** Enough is done at this share of the costs … */
const SHARE = 0.05;
/** … or at this one after so many seconds of work. */
const LATE_SHARE = 0.01;
const LATE = 60;

/** Whether so much of the work can say how long the rest takes. */
export function enoughDone(share: number, seconds: number): boolean {
  return share >= SHARE || (share >= LATE_SHARE && seconds >= LATE);
}

/** The estimate for chunks of these costs altogether; `add` is called as one ends, `seconds` after the work began. */
export function timeLeft(total: number): { add(cost: number, seconds: number): number | null } {
  const ended: { seconds: number; spent: number }[] = [{ seconds: 0, spent: 0 }];
  let spent = 0;
  let half = 0;
  return {
    add(cost, seconds) {
      spent += cost;
      ended.push({ seconds, spent });
      const left = Math.max(0, total - spent);
      if (left === 0) return 0;
      while (half + 2 < ended.length && ended[half + 1].seconds <= seconds / 2) ++half;
      const [took, did] = [seconds - ended[half].seconds, spent - ended[half].spent];
      return enoughDone(spent / total, seconds) && did > 0 ? (left * took) / did : null;
    },
  };
}
