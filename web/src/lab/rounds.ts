// Several solvers on one matrix: each checked first, then timed in rounds in which all take their turn, so that what else happens on the
// machine meets all alike. Every sample is kept.
import type { Core } from 'emft';
import { ACCEPTED_RATIO, decompositionRatios } from 'emft/accuracy';
import { ULP } from './driverMatrices.js';
import type { Answer, Problem, Solver } from './solver.js';
import { deviates, shuffled } from './statistics.js';

/** A matrix to be decomposed. */
interface Posed {
  matrix: string;
  n: number;
  problem: Problem;
  /** As the solvers are given it. */
  a: Float64Array;
  /** Its eigenvalues, to tell a wrong answer from an inaccurate one. */
  values: Float64Array;
}

export interface Pace {
  /** Rounds. Every solver has one sample in each; a slow solver has fewer rounds, but at least `least`. */
  rounds: number;
  least: number;
  /** Seconds of a sample: short runs are timed many at once. */
  sample: number;
  /** Seconds of runs that do not count, at the beginning. */
  warm: number;
  /** Seconds of all samples of one solver, about. */
  budget: number;
  /** A first run that takes more seconds is the only one. */
  alone: number;
  /** A solver is not given what one run is expected to take longer for. */
  limit: number;
  /** Awaited between samples, with the share of this matrix's work that is done. */
  pause?(done: number): unknown;
  /** Ends the measurement. */
  signal?: AbortSignal;
}

/** What one solver did with one matrix. */
export interface Row {
  solver: string;
  kind: NonNullable<Solver['kind']>;
  problem: Problem;
  matrix: string;
  n: number;
  valuesOnly: boolean;
  threads: number;
  /** What computed it, where that depends on the matrix. */
  by?: string;
  /** Seconds of one decomposition, a sample a round; empty when it was not timed. */
  samples: number[];
  /** Decompositions a sample. */
  runs: number;
  /** LAPACK's ratios; null where there are no vectors. */
  residual: number | null;
  orthogonality: number | null;
  /** max|λ − λ′| / (max|λ| ulp) to this package's divide and conquer. */
  difference: number | null;
  /** Why it was not timed, or counts as not solved. */
  failed?: string;
}

/** Eigenvectors whose residual and products with all others are formed. */
const COLUMNS = 64;
/** Beyond this, relative to the largest, eigenvalues are wrong and not inaccurate. */
const WRONG = 1e-6;

interface Contender {
  solver: Solver;
  row: Row;
  input: unknown;
  /** Seconds of one run as last seen. */
  seconds: number;
  rounds: number;
}

/**
 * Seconds of one of `count` runs, and what the last gave. Only a promise is awaited, because awaiting takes time too. `leastTime` of
 * emft/accuracy times the same way, but one solver to its end, where here all take turns.
 */
async function timed(solver: Solver, input: unknown, n: number, count: number) {
  if (solver.time) return { seconds: (await solver.time(input, n, count)) / count };
  let output: unknown;
  const start = performance.now();
  for (let k = 0; k < count; ++k) {
    const given = solver.solve(input, n);
    output = typeof given?.then === 'function' ? await given : given;
  }
  return { seconds: (performance.now() - start) / 1000 / count, output };
}

/** The three numbers of accuracy of an answer, and what is wrong with it. */
function judge({ a, n, problem, values }: Posed, answer: Answer, vectors: boolean) {
  const judged = {
    residual: null as number | null,
    orthogonality: null as number | null,
    difference: null as number | null,
  };
  if (answer.values.length !== n) {
    return { ...judged, failed: `${answer.values.length} eigenvalues of ${n}` };
  }
  const size = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
  const off = answer.values.reduce((most, x, k) => Math.max(most, Math.abs(x - values[k])), 0);
  const relative = off === 0 ? 0 : off / size;
  judged.difference = relative / ULP;
  if (!(relative < WRONG))
    return { ...judged, failed: `wrong eigenvalues (off by ${relative.toExponential(1)})` };
  if (!vectors) return judged;
  const z = answer.vectors ?? new Float64Array(0);
  const parts = problem === 'hermitian' ? 2 : 1;
  if (z.length !== parts * n * n)
    return { ...judged, failed: `${z.length} components of vectors, not ${parts * n * n}` };
  const pencil = problem === 'generalized';
  const ratios = decompositionRatios(pencil ? a.subarray(0, n * n) : a, n, answer.values, z, {
    columns: Math.min(n, COLUMNS),
    complex: problem === 'hermitian',
    ...(pencil ? { b: a.subarray(n * n) } : {}),
  });
  const found = {
    ...judged,
    residual: ratios.backward ?? ratios.residual,
    orthogonality: ratios.orthogonality,
  };
  const worst = Math.max(found.residual, found.orthogonality);
  return worst <= ACCEPTED_RATIO
    ? found
    : { ...found, failed: `ratio ${worst.toPrecision(2)} above ${ACCEPTED_RATIO}` };
}

const blank = ({ n, matrix, problem }: Posed, solver: Solver): Row => ({
  solver: solver.name,
  kind: solver.kind ?? 'peer',
  problem,
  matrix,
  n,
  valuesOnly: solver.valuesOnly ?? false,
  threads: solver.threads ?? 1,
  samples: [],
  runs: 0,
  residual: null,
  orthogonality: null,
  difference: null,
});

/** Prepares, checks and warms up one solver. */
async function enter(posed: Posed, solver: Solver, pace: Pace, done: number): Promise<Contender> {
  const { n } = posed;
  const row = blank(posed, solver);
  const contender: Contender = { solver, row, input: null, seconds: 0, rounds: 0 };
  try {
    // A copy: a solver that destroys its input spoils nobody else's.
    const input = solver.prepare ? await solver.prepare(posed.a.slice(), n) : posed.a.slice();
    contender.input = input;
    if (solver.by) row.by = solver.by();
    const start = performance.now();
    const given = await solver.solve(input, n);
    contender.seconds = (performance.now() - start) / 1000;
    const answer = solver.read ? await solver.read(given, n) : given;
    Object.assign(row, judge(posed, answer, !row.valuesOnly));
    // What is merely inaccurate is timed, too.
    if (row.difference === null || !(row.difference * ULP < WRONG)) return contender;
    if (contender.seconds > pace.alone) {
      Object.assign(row, { samples: [contender.seconds], runs: 1 });
      return contender;
    }
    // Twice as many runs each time, until the engine has compiled what it will and a sample is long enough for the clock.
    const sample = Math.max(pace.sample, solver.sample ?? 0);
    let spent = 0;
    for (let [count, took] = [1, 0]; (took < sample || spent < pace.warm) && count < 2 ** 24; count *= 2) {
      await pace.pause?.(done);
      contender.seconds = (await timed(solver, input, n, count)).seconds;
      took = contender.seconds * count;
      spent += took;
    }
    row.runs = Math.max(1, Math.ceil(sample / Math.max(contender.seconds, 1e-8)));
    const fit = Math.floor(pace.budget / (row.runs * Math.max(contender.seconds, 1e-8)));
    contender.rounds = Math.min(pace.rounds, Math.max(pace.least, fit));
  } catch (error) {
    if (pace.signal?.aborted) throw error;
    row.failed = (error instanceof Error ? error.message : String(error)).split('\n')[0].slice(0, 200);
  }
  return contender;
}

/** Times every solver that solves a problem of that kind. `expected` foresees the seconds of one run, 0 where nothing is known. */
export async function measure(
  posed: Posed,
  solvers: readonly Solver[],
  pace: Pace,
  expected: (solver: Solver, n: number) => number,
): Promise<Row[]> {
  const contenders: Contender[] = [];
  const rows: Row[] = [];
  const able = solvers.filter((solver) => (solver.problem ?? 'symmetric') === posed.problem);
  for (const [k, solver] of able.entries()) {
    const done = k / able.length / 2;
    const seconds = expected(solver, posed.n);
    const large = posed.n > (solver.maxOrder ?? Number.POSITIVE_INFINITY);
    await pace.pause?.(done);
    const about = Number.isFinite(seconds) ? `about ${seconds.toPrecision(2)} s` : 'too long';
    const late = seconds > pace.limit ? `would take ${about}` : undefined;
    if (late || large) {
      rows.push({ ...blank(posed, solver), failed: late ?? `takes orders up to ${solver.maxOrder}` });
      continue;
    }
    const contender = await enter(posed, solver, pace, done);
    rows.push(contender.row);
    if (contender.rounds > 0) contenders.push(contender);
  }
  const random = deviates(posed.n);
  for (let round = 0; round < pace.rounds; ++round) {
    // Everyone follows everyone else as often as chance has it: what a solver leaves in the caches is no one's burden alone.
    for (const c of shuffled(contenders, random)) {
      if (round >= c.rounds) continue;
      await pace.pause?.((1 + round / pace.rounds) / 2);
      c.row.samples.push((await timed(c.solver, c.input, posed.n, c.row.runs)).seconds);
    }
  }
  return rows;
}

/** A matrix posed as a problem: the Hermitian one has another for its imaginary part, B is positive definite. */
export function pose(core: Core, matrix: string, problem: Problem, real: Float64Array, n: number): Posed {
  if (problem === 'symmetric') {
    return { matrix, n, problem, a: real, values: core.eigh(real, n, { vectors: false }).values };
  }
  const other = core.goe(n, { seed: 2, stream: n });
  const a = new Float64Array(2 * n * n);
  if (problem === 'hermitian') {
    for (let p = 0; p < n * n; ++p) {
      a[2 * p] = real[p];
      a[2 * p + 1] = Math.sign(Math.floor(p / n) - (p % n)) * other[p];
    }
    return { matrix, n, problem, a, values: core.eighComplex(a, n, { vectors: false }).values };
  }
  const b = other.map((x, p) => (p % (n + 1) === 0 ? x + 4 * Math.sqrt(n) : x));
  a.set(real);
  a.set(b, n * n);
  return { matrix, n, problem, a, values: core.eigh(real, n, { b, vectors: false }).values };
}
