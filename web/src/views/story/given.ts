// What the parts of the story ask for, and what they are given.

/** Models with a grain of 64 levels, of whose middle half g_{1,0} is fitted. */
export interface Grain64 {
  alpha: number;
  n: number;
  samples: number;
  seed: number;
}

/** Numbers of equal couplings whose critical coupling is computed. */
export const FOLDS = [1e2, 1e4, 1e6, 1e8] as const;

/** What becomes of one realization in the plane; nats. */
export interface Outcome {
  etaTot: number;
  avalanche: boolean;
}

/** What each part asks with. */
export interface Asked {
  sketch: { g: number[] };
  bit: { g: number };
  chain: { alpha: number; n: number; start: number };
  seed: { count: number; g0: number; start: number };
  threshold: { alpha: number; sizes: number[] };
  size: { delta: number; n: number };
  exact: { alpha: number; n: number; samples: number; seed: number; fitted: number };
  bottleneck: { zeta: number };
  diagram: { radius: number; strengths: number[]; offsets: number };
  plane: { radius: number; strength: number; theta0: number };
  scan: { radius: number; strength: number; theta0: number; offsets: number };
  claims: { hopping: number; grain64: Grain64 };
}

export interface Climb {
  /** The map Φ at points T, nats, and the steps of its iteration from `start`. */
  t: Float64Array;
  phi: Float64Array;
  steps: number[];
  /** The fixed point that they lead to, of which the last that is drawn falls short. */
  end: number;
  roots: { etaTot: number; stable: boolean }[];
}

/** What each part is given; entropies and T in nats. */
export interface Given {
  sketch: { eta: Float64Array; entropy: Float64Array; czz: Float64Array };
  bit: {
    at: { eta: number; entropy: number; czz: number };
    above: number;
    g: Float64Array;
    eta: Float64Array;
    entropy: Float64Array;
    s: Float64Array;
    pS: Float64Array;
  };
  chain: Climb & {
    count: number;
    /** Entropies of each iterate, row by row. */
    rows: Float64Array;
    totals: Float64Array;
    etaTot: number;
    entropy: Float64Array;
    bare: Float64Array;
  };
  seed: Climb;
  threshold: { alphas: number[]; shares: Float64Array[]; etaTot: number; here: number[] };
  size: { deltas: number[]; totals: Float64Array; etaTot: number; entropy: Float64Array };
  exact: {
    mean: Float64Array;
    error: Float64Array;
    theory: Float64Array;
    g10: number;
  };
  bottleneck: { radius: number; reduction: number; thermalized: number; criticalG0: number };
  diagram: { shares: Float64Array };
  plane: {
    sites: Int32Array;
    count: number;
    rows: Float64Array;
    totals: Float64Array;
    etaTot: number;
    avalanche: boolean;
  };
  scan: { at: Float64Array; totals: Float64Array; etaTot: number; bounds: [number, number] };
  claims: {
    end: Float64Array;
    /** Fig. 4(a) and 4(b), in the reading and as printed. */
    strong: Outcome;
    weak: Outcome;
    printed: Outcome;
    printedWeak: Outcome;
    /** [S]/g. */
    slope: number;
    /** g_c · 4 N log N for each of `FOLDS`. */
    folds: number[];
    g64: number;
  };
}

export type Part = keyof Asked;
export type Input = { [P in Part]: { part: P; asked: Asked[P] } }[Part];
