// What a run has done, counted so that the counts of jobs can be added.

interface Worst {
  residual: number;
  orthogonality: number;
  values: number;
}

export interface Tally {
  rounds: number;
  matrices: number;
  /** Decompositions under several headings: method, size, kind, way. Each heading counts all of them. */
  counts: Record<string, Record<string, number>>;
  /** Cold processes by Node, threads and flags. */
  cold: Record<string, Record<string, number>>;
  coldProcesses: number;
  /** Other computations: exact diagonalization, lattices, the mean field, calls of the fuzz. */
  others: Record<string, number>;
  /** Largest ratios that passed, by method and kind. */
  worst: Record<string, Worst>;
  failures: Record<string, number>;
}

export function emptyTally(): Tally {
  return {
    rounds: 0,
    matrices: 0,
    counts: {},
    cold: {},
    coldProcesses: 0,
    others: {},
    worst: {},
    failures: {},
  };
}

export function count(table: Record<string, number>, key: string, by = 1): void {
  table[key] = (table[key] ?? 0) + by;
}

export function countUnder(
  table: Record<string, Record<string, number>>,
  heading: string,
  key: string,
  by = 1,
) {
  table[heading] ??= {};
  count(table[heading], key, by);
}

export function noteWorst(tally: Tally, key: string, found: Worst): void {
  tally.worst[key] ??= { residual: 0, orthogonality: 0, values: 0 };
  const w = tally.worst[key];
  for (const name of ['residual', 'orthogonality', 'values'] as const)
    w[name] = Math.max(w[name], found[name]);
}

export function addTally(sum: Tally, more: Tally): void {
  sum.rounds += more.rounds;
  sum.matrices += more.matrices;
  sum.coldProcesses += more.coldProcesses;
  for (const tables of ['counts', 'cold'] as const)
    for (const [heading, table] of Object.entries(more[tables]))
      for (const [key, by] of Object.entries(table)) countUnder(sum[tables], heading, key, by);
  for (const [key, by] of Object.entries(more.others)) count(sum.others, key, by);
  for (const [key, by] of Object.entries(more.failures)) count(sum.failures, key, by);
  for (const [key, worst] of Object.entries(more.worst)) noteWorst(sum, key, worst);
}

/** Number of decompositions. */
export function decompositions({ counts }: Tally): number {
  return Object.values(counts.method ?? {}).reduce((s, x) => s + x, 0);
}

const SIZES = [0, 1, 2, 3, 5, 10, 19, 20, 31, 32, 39, 40, 64, 96, 128, 192, 300, 600, 2047];

/** The group of sizes that n belongs to, as text. */
export function sizeGroup(n: number): string {
  const i = SIZES.findIndex((size) => n <= size);
  if (i < 0) return `${SIZES[SIZES.length - 1] + 1} and more`;
  const low = i === 0 ? 0 : SIZES[i - 1] + 1;
  return low === SIZES[i] ? `${low}` : `${low}–${SIZES[i]}`;
}
