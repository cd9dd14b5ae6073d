// One l-bit on a thermal grain: the elementary response of the theory.
import {
  bars,
  display,
  equations,
  id,
  integral,
  mean,
  of,
  op,
  row,
  space,
  spaced,
  sub,
} from '../../parts/math.js';
import { formatNumber } from '../../parts/params.js';
import type { View } from '../../parts/view.js';
import { MINORITY, MIXED_ENTROPY } from '../equations.js';
import { grainFlag, grainOf, grainParam } from '../grain.js';
import { entropies, resonances, response } from './figures.js';
import type { lbit } from './task.js';

export const lbitView: View<typeof lbit> = {
  title: 'One l-bit',
  about: 'one l-bit on a thermal grain: its resonances and entropies, as its coupling moves',
  intro: `<p>A localized bit touches a thermal grain with reduced coupling <i>g</i>, mean matrix element times density of
    states. An eigenstate mixes two levels with resonance strength <i>h</i>, drawn from <i>p<sub>g</sub></i>. For small
    <i>g</i> most eigenstates leave the bit localized and a few resonances entangle it; for large <i>g</i> it
    thermalizes and doubles the density of states of the grain: <i>η</i> → log 2.</p>
    ${equations(
      display(
        id('g'),
        op('='),
        id('ρ'),
        mean(bars('|', sub(id('V'), row(id('a'), id('b'))))),
        op(','),
        spaced(1),
        MINORITY,
      ),
      display(MIXED_ENTROPY),
      display(
        mean(id('S')),
        op('='),
        integral,
        id('S'),
        of(id('h')),
        space,
        sub(id('p'), id('g')),
        of(id('h')),
        space,
        id('d'),
        id('h'),
      ),
    )}`,
  params: [
    { kind: 'log', key: 'g', label: 'Reduced coupling $g$', min: 0.001, max: 100, value: 0.1 },
    grainParam,
  ],
  async run(values, { run }) {
    const g = Number(values.g);
    const r = await run({ g, grain: grainOf(values) });
    return {
      facts: [
        { label: '$η$', value: `${formatNumber(r.at.eta)} nats` },
        { label: '$[S]$', value: `${formatNumber(r.at.entropy)} nats` },
        { label: '$C_{{z}{z}}$', value: formatNumber(r.at.czz) },
        { label: 'Share with $h$ > 1', value: formatNumber(r.above) },
        { label: 'Share with $S$ > ½\u00a0log\u00a02', value: formatNumber(r.entangled) },
      ],
      figures: [response(r, g), resonances(r), entropies(r)],
    };
  },
  play: { key: 'g', step: 0.04, label: 'Play through $g$' },
  command: (values) => `emft eta ${values.g}${grainFlag(values)}`,
};
