// The rows of Fig. 2(a), as its drawing and that of the collapse take them.
import { ALPHA_CRITICAL } from '../common/constants.js';
import type { Columns, FigureData } from './figure.js';

export function endEntropyRows(columns: Columns) {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  return Array.from(c.n, (n, i) => ({
    kind: kinds[i],
    n,
    alpha: c.alpha[i],
    s: c.entropyBits[i],
    low: Math.max(c.entropyBits[i] - c.errorBits[i], 0),
    high: c.entropyBits[i] + c.errorBits[i],
    // Distance to the critical point in the variable in which α^N is scaled.
    scaled: (c.alpha[i] - ALPHA_CRITICAL) * n,
    residual: c.meanFieldBits[i] - c.entropyBits[i],
    // Over the middle of the spectrum, only where all states were computed.
    middle: c.middleBits ? c.middleMeanFieldBits[i] - c.middleBits[i] : Number.NaN,
    error: c.errorBits[i],
    middleError: c.middleErrorBits?.[i] ?? Number.NaN,
  }));
}

export type EndEntropyRow = ReturnType<typeof endEntropyRows>[number];

/** What the points and curves are. */
export function endEntropySubtitle({ states, g10 }: FigureData['parameters']): string {
  const which = states === undefined ? 'all states' : `${states} states nearest $E = 0$`;
  return `points: exact diagonalization, ${which}; curves: mean field with $g_{1,0} = ${Number(g10).toFixed(3)}$, fitted at $α_c = 1/√2$`;
}
