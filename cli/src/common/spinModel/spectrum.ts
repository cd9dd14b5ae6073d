// Levels and eigenstates of a model of spins ½ at one point of a sweep, and what is measured of them.
import type { Core, SpinOperator } from 'emft';
import { EmftError } from 'emft/check';
import type { ParameterValues } from '../parameters.js';

export interface Spectrum {
  values: Float64Array;
  /** Numbers of n amplitudes each, in pairs where the operator is complex; of length 0 if they were not wanted. */
  vectors: Float64Array;
  /** Whether a level has more copies, or one as near, that were not asked for. */
  cut: boolean;
}

/** All levels, or the `states` lowest, highest or nearest to an energy. Runs in steps, which see `signal`. */
export async function spectrumOf(
  core: Core,
  operator: SpinOperator,
  { which, states, energy = 0 }: ParameterValues,
  vectors: boolean,
  signal: AbortSignal | undefined,
): Promise<Spectrum> {
  const { n, complex } = operator;
  if (which === 'all') {
    const found = complex
      ? await core.eighComplexAsync(operator.toDense(), n, { vectors, signal })
      : await core.eighAsync(operator.toDense(), n, { vectors, signal });
    return { ...found, cut: false };
  }
  const k = Math.min(states as number, n);
  const side = which === 'nearest' ? { near: energy as number } : (which as 'lowest' | 'highest');
  const found = await core.eigshAsync(operator, { k, which: side, vectors, signal });
  if (!found.converged) throw new EmftError(`eigsh did not converge for the ${k} ${which} levels`);
  return found;
}

/** Amplitudes in the whole space that are held at once. */
const BLOCK = 2 ** 22;

/** Entropies, in nats, between the first `cut` sites and the others: of the states `first` … `last` − 1. */
export function entropiesOf(
  core: Core,
  operator: SpinOperator,
  { vectors }: Spectrum,
  { first, last }: { first: number; last: number },
  { cut, order }: { cut: number; order: number },
): Float64Array {
  const { n, sites, complex } = operator;
  const width = complex ? 2 : 1;
  const subsystem = Array.from({ length: cut }, (_, i) => i);
  const dimensions = Array<number>(sites).fill(2);
  const block = Math.max(1, Math.floor(BLOCK / 2 ** sites));
  const entropies = new Float64Array(last - first);
  for (let k = first; k < last; k += block) {
    const count = Math.min(block, last - k);
    const columns = vectors.subarray(k * n * width, (k + count) * n * width);
    const states = operator.embed(columns, count);
    entropies.set(core.entanglementEntropy(states, { dimensions, subsystem, complex, order }), k - first);
  }
  return entropies;
}
