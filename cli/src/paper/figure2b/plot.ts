// The profile along the chain, and the distribution at its end beside p_S of the same mean.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { colors, frame, HEIGHT, legend, logScale, panel, WIDTH } from '../style.js';

/** Least density that is shown. */
const LEAST = 0.01;

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  const rows = Array.from(c.x, (x, i) => ({
    kind: kinds[i],
    alpha: c.alpha[i],
    x,
    value: c.value[i],
    low: Math.max(c.value[i] - c.error[i], 0),
    high: c.value[i] + c.error[i],
    theory: c.meanField[i],
  }));
  const alphas = [...new Set(rows.map((r) => r.alpha))];
  const color = (r: { alpha: number }) => colors[alphas.indexOf(r.alpha)];
  const profile = rows.filter((r) => r.kind === 'profile');
  const shares = rows
    .filter((r) => r.kind === 'distribution')
    .map((r) => ({ ...r, low: Math.max(r.low, LEAST), high: Math.max(r.high, LEAST) }));
  const n = Number(parameters.n);
  const top = panel({
    document,
    height: 320,
    x: { label: 'distance from the grain, n', domain: [0.7, n + 0.3], ticks: n },
    y: { label: '[Sₙ] / log 2', domain: [0, 1.05] },
    marks: [
      Plot.line(profile, { x: 'x', y: 'theory', z: 'alpha', stroke: color, strokeWidth: 1.3 }),
      Plot.ruleX(profile, { x: 'x', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.3 }),
      Plot.dot(profile, { x: 'x', y: 'value', fill: color, r: 3.2 }),
      ...legend(
        alphas.map((a) => `α = ${a}`),
        'bottom-left',
        colors.slice(0, 3),
      ),
    ],
  });
  // What both give is a share of states in a bin: flat over the bin in theory, a mark in its middle as measured.
  const half = shares.length ? shares[0].x : 0;
  const steps = shares.flatMap((r) => [-half, half].map((dx) => ({ ...r, x: r.x + dx })));
  const entropies = parameters.lastBits as number[];
  const bottom = panel({
    document,
    height: 360,
    x: { label: 'entropy of the last l-bit in an eigenstate, S / log 2', domain: [0, 1] },
    y: logScale('density p_S · log 2', LEAST, 30),
    marks: [
      Plot.line(steps, {
        x: 'x',
        y: (r) => Math.max(r.theory, LEAST),
        z: 'alpha',
        stroke: color,
        strokeWidth: 1.2,
      }),
      Plot.ruleX(shares, { x: 'x', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1 }),
      Plot.dot(
        shares.filter((r) => r.value >= LEAST),
        { x: 'x', y: 'value', stroke: color, symbol: 'plus', r: 4.5, strokeWidth: 1.6 },
      ),
      ...legend(
        alphas.map((a, i) => `α = ${a}, [S_end] = ${entropies[i].toFixed(2)} log 2`),
        'top',
        colors.slice(0, 3),
      ),
    ],
  });
  const subtitle = `N = ${n}. Top: ED and mean field, g₁,₀ = ${Number(parameters.g10).toFixed(3)} fitted at α_c. Bottom: ED (+) and p_S at the same [S_end]`;
  return frame(
    { title, subtitle, width: WIDTH, height: HEIGHT + 240 },
    [{ svg: top }, { svg: bottom, y: 320 }],
    document,
  );
};
