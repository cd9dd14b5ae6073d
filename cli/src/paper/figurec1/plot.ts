// The collapse of Fig. 2(a): every N on one curve, as far as the chains are long enough.
import * as Plot from '@observablehq/plot';
import { type EndEntropyRow, endEntropyRows, endEntropySubtitle } from '../endEntropy.js';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { curves, keyEntries, legend, panel, points } from '../panel.js';
import { guide, sequence, signed } from '../style.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const rows = endEntropyRows(columns);
  const keys = [...new Set(rows.map((r) => r.n))];
  const styles = sequence(keys.length);
  const group = { keys, key: (r: EndEntropyRow) => r.n, styles };
  const scaled = rows.map((r) => r.scaled);
  const svg = panel({
    document,
    x: {
      label: '$(α - α_c) N$',
      tickFormat: signed,
      domain: [Math.min(...scaled) - 0.1, Math.max(...scaled) + 0.1],
    },
    y: { label: '$[S_{end}] / log 2$', domain: [0, 1.02] },
    marks: [
      Plot.ruleX([0], guide),
      ...curves({ ...group, rows: rows.filter((r) => r.kind !== 'ED') }, { x: 'scaled', y: 's' }),
      ...points(
        { ...group, rows: rows.filter((r) => r.kind === 'ED') },
        { x: 'scaled', y: 's', y1: 'low', y2: 'high' },
      ),
      ...legend(
        keyEntries(keys, styles, (n) => `$N = ${n}$`),
        { anchor: 'bottom-right' },
      ),
    ],
  });
  return frame({ title, subtitle: endEntropySubtitle(parameters) }, [{ svg }], document);
};
