// The profile along the chain, and the distribution at its end beside p_S of the same mean.
import * as Plot from '@observablehq/plot';
import { rowsOfKind } from '../columns.js';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { bars, curves, keyEntries, legend, panel, points, withBars } from '../panel.js';
import { COLUMN, lineStyle, logScale, series } from '../style.js';

/** Least density that is shown. */
const LEAST = 0.01;
const [PROFILE, DISTRIBUTION] = [140, 175];

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const rowsOf = (kind: string) =>
    rowsOfKind(columns, kind, ['alpha', 'x', 'value', 'error', 'meanField']).map(({ meanField, ...r }) => ({
      ...r,
      theory: meanField,
    }));
  const keys = [...new Set(columns.alpha as number[])];
  const styles = keys.map((_, k) => series(k));
  const group = { keys, key: (r: { alpha: number }) => r.alpha, styles };
  const profile = { ...group, rows: withBars(rowsOf('profile'), 0) };
  const shares = withBars(rowsOf('distribution'), LEAST);
  const n = Number(parameters.n);
  const top = panel({
    document,
    height: PROFILE,
    x: { label: 'distance from the grain $n$', domain: [0.7, n + 0.3], ticks: n, tickFormat: 'd' },
    y: { label: '$[S_n] / log 2$', domain: [0, 1.05] },
    marks: [
      ...curves(profile, { x: 'x', y: 'theory' }),
      ...points(profile, { x: 'x', y: 'value', y1: 'low', y2: 'high' }),
      ...legend(
        keyEntries(keys, styles, (a) => `$α = ${a}$`),
        { anchor: 'bottom-left' },
      ),
    ],
  });
  // Both are the share of states in a bin: the theory is drawn flat over the bin, what was measured as a mark in its middle.
  const half = shares.length ? shares[0].x : 0;
  // Steps are cut where they leave the frame at its lower edge, and go on where they come back.
  const steps = shares.flatMap((r, i) =>
    ([-1, 1] as const).map((side) => {
      const beside = shares[i + side];
      const leaves = beside?.alpha === r.alpha && beside.theory >= LEAST;
      const theory = r.theory >= LEAST ? r.theory : leaves ? LEAST : Number.NaN;
      return { ...r, x: r.x + side * half, theory };
    }),
  );
  const entropies = parameters.lastBits as number[];
  const bottom = panel({
    document,
    height: DISTRIBUTION,
    x: { label: 'entropy of the last l-bit $S / log 2$', domain: [0, 1] },
    y: logScale('density $p_S log 2$', LEAST, 100),
    marks: [
      ...curves({ ...group, rows: steps }, { x: 'x', y: 'theory' }),
      ...keys.flatMap((a, k) => {
        const own = shares.filter((r) => r.alpha === a);
        return [
          bars(own, 'x', styles[k]),
          Plot.dot(
            own.filter((r) => r.value >= LEAST),
            { x: 'x', y: 'value', symbol: 'plus', r: 2.6, ...lineStyle({ ...styles[k], dash: undefined }) },
          ),
        ];
      }),
      ...legend(
        keys.map((a, k) => ({
          label: `$[S_{end}] = ${entropies[k].toFixed(2)} log 2$, $α = ${a}$`,
          style: styles[k],
          shows: 'line' as const,
        })),
        { anchor: 'top-left', dx: 24 },
      ),
    ],
  });
  const at = parameters.fittedAtCritical ? 'at $α_c$' : 'at these $α$';
  const subtitle = `$N = ${n}$. Top: ED and mean field, $g_{1,0} = ${Number(parameters.g10).toFixed(3)}$ fitted ${at}. Bottom: ED (+) and, as a density in steps, $p_S$ at the $g_{end}$ with the same $[S_{end}]$`;
  return frame(
    { title, subtitle, width: COLUMN, height: PROFILE + DISTRIBUTION },
    [{ svg: top }, { svg: bottom, y: PROFILE }],
    document,
  );
};
