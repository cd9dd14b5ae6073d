// One decomposition as it is asked for: what a case on disk holds, and what is done with it.
import type { Core, Eigh, EighMethod, EighRange } from 'emft';

/** The numbers of a result. */
export type Found = Omit<Eigh, 'vector'>;

export interface Ask {
  how: 'eigh' | 'eighAsync' | 'eighBatch';
  method: EighMethod;
  vectors: boolean;
  uplo: 'L' | 'U';
  range?: EighRange;
  /** The triangle that is not to be read holds NaN. */
  spoiled?: boolean;
}

export const plain = (method: EighMethod, vectors = true): Ask => ({
  how: 'eigh',
  method,
  vectors,
  uplo: 'L',
});

/** The result of one call. */
export async function perform(core: Core, a: Float64Array, n: number, ask: Ask): Promise<Found> {
  const { how, spoiled, range, method, vectors, uplo } = ask;
  const given = spoiled ? spoil(a, n, uplo) : a;
  const options = { method, vectors, uplo };
  if (how === 'eighBatch') return core.eighBatch(given, n, 1, options);
  const whole = range ? { ...options, range } : options;
  if (how === 'eigh') return core.eigh(given, n, whole);
  return core.eighAsync(given, n, { ...whole, slice: 0 });
}

/** NaN in the triangle that `uplo` does not name. */
function spoil(a: Float64Array, n: number, uplo: 'L' | 'U'): Float64Array {
  const copy = a.slice();
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < i; ++j) copy[uplo === 'L' ? j * n + i : i * n + j] = Number.NaN;
  return copy;
}

export function describe({ how, method, vectors, uplo, range, spoiled }: Ask): string {
  const parts = [how, method, vectors ? 'vectors' : 'values only', `uplo ${uplo}`];
  if (range) parts.push(JSON.stringify(range, (_, x) => (Math.abs(x) === Infinity ? String(x) : x)));
  if (spoiled) parts.push('NaN in the other triangle');
  return parts.join(', ');
}
