// The chain: does the avalanche run through it, and which fixed point stops it?
import { display, equations, id, num, of, op, row, sub, sum, sup } from '../../parts/math.js';
import { bits, formatNumber, type Values } from '../../parts/params.js';
import type { View } from '../../parts/view.js';
import { crossing } from '../avalanche.js';
import { grainFlag, grainOf, grainParam } from '../grain.js';
import { climb, type Point, profile } from './figures.js';
import type { ChainInput, chain } from './task.js';

const inputOf = (values: Values): ChainInput => ({
  alpha: Number(values.alpha),
  n: Number(values.n),
  g0: Number(values.g0),
  grain: grainOf(values),
});

export const chainView: View<typeof chain> = {
  title: 'Chain',
  about: 'the mean field of thermalizing avalanches in chains of up to ten thousand l-bits, as sliders move',
  intro: `<p>A grain and <i>N</i> l-bits whose bare couplings fall as
    <i>g</i><sub><i>n</i>,0</sub> = <i>g</i><sub>1,0</sub> <i>α</i><sup><i>n</i>−1</sup>. Each l-bit that thermalizes raises the
    density of states for all others, through <i>T</i>, the sum of all <i>η</i>. The avalanche climbs from <i>T</i> = 0 until
    Φ(<i>T</i>) meets the diagonal. In an infinite chain it runs for ever above <i>α</i><sub><i>c</i></sub> = 1/√2 ≈ 0.707.</p>
    ${equations(
      display(
        sub(id('g'), id('n')),
        op('='),
        sub(id('g'), row(id('n'), op(','), num('0'))),
        sup(
          id('e'),
          row(op('('), id('T'), op('−'), id('η'), of(sub(id('g'), id('n'))), op(')'), op('/'), num('2')),
        ),
      ),
      display(
        id('T'),
        op('='),
        id('Φ'),
        of(id('T')),
        op('='),
        sum(id('n')),
        id('η'),
        of(sub(id('g'), id('n'))),
      ),
    )}`,
  params: [
    { kind: 'linear', key: 'alpha', label: 'Ratio $α$', min: 0.4, max: 0.999, step: 0.001, value: 0.637 },
    { kind: 'log', whole: true, key: 'n', label: 'L-bits $N$', min: 1, max: 10_000, value: 50 },
    { kind: 'log', key: 'g0', label: 'First coupling $g_{1,0}$', min: 0.0001, max: 10, value: 0.5 },
    grainParam,
  ],
  async run(values, { run }) {
    const input = inputOf(values);
    const r = await run(input);
    const points: Point[] = r.branches.map((b) => ({
      t: bits(b.etaTot),
      kind: b.tangent ? 'marginal' : b.stable ? 'stable' : 'unstable',
      slope: b.slope,
    }));
    const stable = points.filter((p) => p.kind === 'stable').length;
    const share = r.etaTot / (input.n * Math.LN2);
    const end = crossing(r.entropy);
    return {
      exact: String(r.etaTot),
      facts: [
        { label: '$η_{tot}$', value: `${formatNumber(bits(r.etaTot))} log 2` },
        { label: 'of $N$ log 2', value: `${formatNumber(100 * share)} %` },
        { label: 'Half entropy at $n$*', value: end === null ? 'none' : formatNumber(end) },
        { label: 'Fixed points', value: `${points.length}, ${stable} stable` },
        { label: '$dΦ/{d}T$ at $η_{tot}$', value: formatNumber(r.slope) },
      ],
      figures: [profile(r), climb(input.n, points, r)],
    };
  },
  play: { key: 'alpha', step: 0.003, label: 'Play through $α$' },
  command: ({ alpha, n, g0, ...rest }) => `emft solve --g0 ${g0} --alpha ${alpha} -n ${n}${grainFlag(rest)}`,
};
