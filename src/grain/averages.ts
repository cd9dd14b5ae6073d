// What is said of eigenstates once they are measured: averages over them, and the ratio of their level spacings.
import { ConvergenceError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { GrainEigenstates } from './types.js';

/** What was measured in `count` states, as addresses: energies, and of each l-bit a row of entropies and one of polarizations. */
interface Measured {
  count: number;
  energies: number;
  entropies: number;
  polarizations: number;
}

/** The averages, with the rows that they are of. */
export function averages(
  { wasm }: Runtime,
  arena: Arena,
  bits: number,
  { count, energies, entropies, polarizations }: Measured,
): Omit<GrainEigenstates, 'method'> {
  const pair = arena.f64(2);
  const meanEntropy = new Float64Array(bits);
  const czz = new Float64Array(bits);
  for (let n = 0; n < bits; ++n) {
    wasm.meanAndError(count, entropies + 8 * n * count, pair);
    meanEntropy[n] = arena.view(pair, 1)[0];
    czz[n] = wasm.meanSquare(count, polarizations + 8 * n * count);
  }
  if (!allFinite(meanEntropy) || !allFinite(czz))
    throw new ConvergenceError('diagonalizeGrain: the entropies are not finite');
  const rows = (address: number) =>
    Array.from({ length: bits }, (_, n) => arena.take(address + 8 * n * count, count));
  return {
    eigenvalues: arena.take(energies, count),
    meanEntropy,
    entropies: rows(entropies),
    czz,
    polarizations: rows(polarizations),
    gapRatio: count >= 3 ? wasm.gapRatios(count, energies, 0) : Number.NaN,
  };
}
