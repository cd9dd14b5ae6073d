// The densities of Fig. 1(c), on a logarithmic axis, and beside them the same against the distance from log 2, where the
// peaks of resonant spins are too narrow for the first panel.
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { curves, label, panel } from '../panel.js';
import { HEIGHT, logScale, PAGE, series } from '../style.js';

const [LOWEST, HIGHEST] = [1e-3, 300];
/** The width of the first panel, and the smallest distance that the second one shows. */
const [FIRST_WIDTH, CLOSEST] = [PAGE * 0.53, 1e-4];

interface Row {
  g: number;
  s: number;
  p: number;
}

/** Where each curve is labelled: in the first panel at an entropy, in the second at a distance from log 2. */
function at(rows: Row[], g: number, x: number): Row {
  const own = rows.filter((row) => row.g === g);
  return own.reduce((best, row) => (Math.abs(row.s - x) < Math.abs(best.s - x) ? row : best));
}

export const plot: Draw = ({ columns }, { document, title }) => {
  const { g, entropyBits, densityPerBit } = columns as Record<string, number[]>;
  const keys = [...new Set(g)];
  const rows: Row[] = Array.from(g, (x, i) => ({ g: x, s: entropyBits[i], p: densityPerBit[i] })).filter(
    (row) => row.p >= LOWEST && row.p <= HIGHEST,
  );
  const styles = keys.map((_, k) => series(k));
  const key = (row: Row) => row.g;
  const names = (x: (row: Row) => number, places: readonly { s: number; dx: number; dy: number }[]) =>
    keys.map((value, k) => {
      const { s, dx, dy } = places[Math.min(k, places.length - 1)];
      const row = at(rows, value, s);
      const text = k === 0 ? `$g = ${value}$` : String(value);
      return label(text, { x: x(row), y: row.p, dx, dy, color: styles[k].color, textAnchor: 'middle' });
    });
  const whole = panel({
    document,
    width: FIRST_WIDTH,
    x: { label: 'entropy $S / log 2$', domain: [0, 1] },
    y: logScale('density $p_S(S) log 2$', LOWEST, HIGHEST),
    marks: [
      ...curves({ rows, keys, key, styles }, { x: 's', y: 'p' }),
      ...names(
        ({ s }) => s,
        [
          { s: 0.55, dx: 0, dy: 7 },
          { s: 0.25, dx: 0, dy: -7 },
          { s: 0.25, dx: 10, dy: 4 },
          { s: 0.86, dx: -6, dy: -4 },
        ],
      ),
    ],
  });
  const { ticks: _, ...unlabelled } = logScale('', LOWEST, HIGHEST);
  const near = rows.filter(({ s }) => 1 - s >= CLOSEST);
  const closer = panel({
    document,
    width: PAGE - FIRST_WIDTH,
    marginLeft: 10,
    x: logScale('distance from $log 2$, $1 - S / log 2$', CLOSEST, 1),
    y: { ...unlabelled, ticks: [], label: null },
    marks: [
      ...curves({ rows: near, keys, key, styles }, { x: (row: Row) => 1 - row.s, y: 'p' }),
      ...names(({ s }) => 1 - s, [{ s: 0.998, dx: 8, dy: -8 }]),
    ],
  });
  const subtitle =
    'over the GOE distribution of resonance strengths, at four reduced couplings $g$; right: towards $S = log 2$';
  return frame(
    { title, subtitle, width: PAGE, height: HEIGHT },
    [{ svg: whole }, { svg: closer, x: FIRST_WIDTH }],
    document,
  );
};
