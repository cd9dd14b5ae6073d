// Every kind of matrix of the torture, and how one is drawn: a kind, then changes to it (changes.ts).
import { change } from './changes.js';
import { named } from './kindsNamed.js';
import { scaled } from './kindsScaled.js';
import { spectral } from './kindsSpectral.js';
import type { Random } from './random.js';
import type { Kind } from './symmetric.js';

/** A symmetric matrix, entry (i, j) at a[i*n + j], both triangles filled. */
export interface Matrix {
  n: number;
  a: Float64Array;
  kind: string;
  /** What was done to it. */
  changes: string[];
}

export const kinds: Readonly<Record<string, Kind>> = { ...scaled, ...spectral, ...named, blocks };
const names = Object.keys(kinds);

/** Kinds along the diagonal, of norms that have nothing to do with each other. */
function blocks(random: Random, n: number): Float64Array {
  const a = new Float64Array(n * n);
  const inner = names.filter((name) => name !== 'blocks');
  for (let from = 0; from < n; ) {
    const size = Math.min(n - from, random.integer(1, Math.max(1, Math.ceil(n / 2))));
    const block = kinds[random.pick(inner)](random, size);
    const factor = random.chance(0.5) ? 1 : 2 ** random.integer(-1000, 600);
    for (let i = 0; i < size; ++i)
      for (let j = 0; j < size; ++j) a[(from + i) * n + from + j] = block[i * size + j] * factor;
    from += size;
  }
  return a;
}

export function draw(random: Random, n: number, kind = random.pick(names)): Matrix {
  const matrix = { n, a: n === 0 ? new Float64Array(0) : kinds[kind](random, n), kind, changes: [] };
  mend(matrix.a);
  change(random, matrix);
  mend(matrix.a);
  return matrix;
}

function mend(a: Float64Array): void {
  for (let i = 0; i < a.length; ++i) {
    if (Number.isFinite(a[i])) continue;
    a[i] = Number.isNaN(a[i]) ? 0 : Math.sign(a[i]) * Number.MAX_VALUE;
  }
}
