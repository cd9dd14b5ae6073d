// What is done to a matrix after it was drawn: each of these alone has broken a solver.
import { exponentOf, largest, QUANTUM } from './doubles.js';
import type { Matrix } from './kinds.js';
import type { Random } from './random.js';

type Change = (random: Random, n: number, a: Float64Array) => void;

function set(a: Float64Array, n: number, i: number, j: number, x: number): void {
  a[i * n + j] = a[j * n + i] = x;
}

const subnormal = (random: Random) => random.integer(-random.pick([1, 10, 2 ** 51]), 2 ** 51) * QUANTUM;

const changes: Record<string, [share: number, change: Change]> = {
  'a subnormal entry': [
    0.06,
    (random, n, a) => set(a, n, random.integer(0, n - 1), random.integer(0, n - 1), subnormal(random)),
  ],
  'a subnormal row': [
    0.06,
    (random, n, a) => {
      const i = random.integer(0, n - 1);
      for (let j = 0; j < n; ++j) if (j !== i) set(a, n, i, j, subnormal(random));
    },
  ],
  'a subnormal block': [
    0.06,
    (random, n, a) => {
      const [rows, columns] = [random.integer(0, n - 1), random.integer(0, n - 1)];
      for (let i = rows; i < n; ++i)
        for (let j = 0; j <= columns; ++j) if (i > j) set(a, n, i, j, subnormal(random));
    },
  ],
  'a tiny block': [
    0.04,
    (random, n, a) => {
      const from = random.integer(0, n - 1);
      const factor = 2 ** -random.integer(400, 1074);
      for (let i = from; i < n; ++i) for (let j = 0; j <= i; ++j) set(a, n, i, j, a[i * n + j] * factor);
    },
  ],
  'rows of zeros': [
    0.03,
    (random, n, a) => {
      for (let k = random.integer(1, 3); k > 0; --k) {
        const i = random.integer(0, n - 1);
        for (let j = 0; j < n; ++j) set(a, n, i, j, 0);
      }
    },
  ],
  'a row twice': [
    0.03,
    (random, n, a) => {
      const [p, q] = [random.integer(0, n - 1), random.integer(0, n - 1)];
      for (let j = 0; j < n; ++j) set(a, n, q, j, a[p * n + j]);
      set(a, n, q, q, a[p * n + p]);
    },
  ],
  'a zero diagonal': [
    0.03,
    (_, n, a) => {
      for (let i = 0; i < n; ++i) a[i * n + i] = 0;
    },
  ],
  'negative zeros': [
    0.03,
    (_, _n, a) => {
      for (let i = 0; i < a.length; ++i) if (a[i] === 0) a[i] = -0;
    },
  ],
  'rows scaled': [
    0.04,
    (random, n, a) => {
      const d = Array.from({ length: n }, () => 2 ** random.integer(-500, 0));
      for (let i = 0; i < n; ++i) for (let j = 0; j <= i; ++j) set(a, n, i, j, a[i * n + j] * d[i] * d[j]);
    },
  ],
  'rounded to single precision': [0.02, (_, _n, a) => a.set(Float32Array.from(a))],
  permuted: [
    0.15,
    (random, n, a) => {
      const order = random.permutation(n);
      const copy = a.slice();
      for (let i = 0; i < n; ++i) for (let j = 0; j < n; ++j) a[i * n + j] = copy[order[i] * n + order[j]];
    },
  ],
  reversed: [0.05, (_, _n, a) => void a.reverse()],
  'scaled anywhere': [
    0.12,
    (random, _, a) => {
      const size = largest(a);
      if (size === 0) return;
      const top = exponentOf(size);
      const k = random.integer(Math.max(-1022, -1074 - top), Math.min(1023, 1022 - top));
      for (let i = 0; i < a.length; ++i) a[i] *= 2 ** k;
    },
  ],
  negated: [
    0.05,
    (_, _n, a) => {
      for (let i = 0; i < a.length; ++i) a[i] = -a[i];
    },
  ],
};

export function change(random: Random, { n, a, changes: made }: Matrix): void {
  if (n === 0) return;
  for (const [name, [share, apply]] of Object.entries(changes)) {
    if (!random.chance(share)) continue;
    apply(random, n, a);
    made.push(name);
  }
}
