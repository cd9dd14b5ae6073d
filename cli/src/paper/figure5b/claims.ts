// Whether random lattices have avalanches where quasiperiodic ones have none.
import type { Cell } from '../avalancheFraction.js';
import { type Claim, show } from '../claim.js';

/** Above this W no phase offset of a quasiperiodic lattice has an avalanche (docs/readings.md). */
const QUASIPERIODIC_THRESHOLD = 110;

export function claims(all: Cell[]): Claim[] {
  const radii = [...new Set(all.map((c) => c.radius))];
  // Avalanches of one radius among all lattices above the threshold, and the error of that count.
  const beyond = radii.map((radius) => {
    const rows = all.filter((c) => c.radius === radius && c.strength > QUASIPERIODIC_THRESHOLD);
    const hits = rows.reduce((sum, c) => sum + c.fraction * c.count, 0);
    const count = rows.reduce((sum, c) => sum + c.count, 0);
    return { radius, fraction: hits / count, error: Math.sqrt(Math.max(hits, 1)) / count };
  });
  const [first, last] = [beyond[0], beyond.at(-1)!];
  const difference = last.fraction - first.fraction;
  const error = Math.hypot(first.error, last.error);
  return [
    {
      id: 'fig5b-random',
      source: 'Fig. 5(b)',
      statement: 'random lattices of every size avalanche at disorder where no quasiperiodic one does',
      stated: 'f_aval > 0 at every W for large R',
      measured: beyond
        .map(
          (b) =>
            `${show(b.fraction, 2)} ± ${show(b.error, 1)} of the lattices above W = ${QUASIPERIODIC_THRESHOLD} (R = ${b.radius})`,
        )
        .join(', '),
      values: { smallest: first.fraction, largest: last.fraction, difference, error },
      agrees: beyond.every((b) => b.fraction > 0),
      note: `From R = ${first.radius} to ${last.radius} the fraction changes by ${show(difference, 2)} ± ${show(error, 1)}: ${Math.abs(difference) > 2 * error ? 'more than chance' : 'within chance'}.`,
    },
  ];
}
