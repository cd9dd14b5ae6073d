// Where the time of one decomposition goes, as text.
import type { Phase } from '../../src/accuracy/phases.js';

/** Where the time of one decomposition goes, a line a phase. */
export function phaseTable(rows: readonly Phase[]): string {
  const total = rows.slice(0, 3).reduce((sum, r) => sum + r.seconds, 0);
  return rows
    .map((r, i) => {
      const share = i < 3 ? `${((100 * r.seconds) / total).toFixed(0)} %` : '';
      const bytes = r.gigabytes === undefined ? '' : `${r.gigabytes.toFixed(1)} GB/s`;
      return `${String(r.n).padStart(5)}  ${r.phase.padEnd(48)}${(1e3 * r.seconds).toFixed(2).padStart(10)} ms ${share.padStart(5)}  ${r.gigaflops.toFixed(1).padStart(5)} Gflop/s  ${bytes}`;
    })
    .join('\n');
}
