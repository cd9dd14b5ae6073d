// The words of the story from the threshold to the claims.
import {
  bars,
  display,
  exp,
  frac,
  id,
  inline,
  log,
  minus,
  num,
  of,
  op,
  root,
  row,
  sub,
  sup,
  tall,
} from '../../parts/math.js';
import { CENTRAL_GRAIN } from '../equations.js';
import { FOLDS } from './given.js';
import { quoted } from './words.js';

export const threshold = `
  <p>Every thermal l-bit multiplies the next coupling by √2, and the distance multiplies it by <i>α</i>. If <i>α</i>√2 is below 1, help runs
    out; if it is above 1, help grows. So an infinite chain is decided at</p>
  ${display(sub(id('α'), id('c')), op('='), frac(num('1'), root(num('2'))), op('≈'), num('0.707'))}
  <p>Above it the avalanche, once begun, runs for ever. Below it, it always fails: the l-bits beyond some distance never
    learn that there was a grain. In a finite chain the change is soft, because an avalanche that would fail further out
    may have reached the end before. The curves of longer and longer chains grow steeper, as those of a phase transition
    do.</p>
  <p>No temperature and no energy is tuned here. What changes at <i>α</i><sub><i>c</i></sub> is whether a system can be its own heat bath,
    and it changes because of rare places, however rare they are.</p>
  <p class="try">Drag the ring. At <i>α</i> = ${quoted('threshold-alpha')} a chain of ${quoted('threshold-n')} l-bits reaches
    ${quoted('threshold-eta')} log 2, a share of ${quoted('threshold-share')} of all that it has.</p>`;

export const size = `
  <p>A failed avalanche is not nothing. It leaves a thermal bubble around the grain, and close to the threshold this bubble
    is huge. Each l-bit in it passes on a factor √2·<i>α</i>, just below 1, so that the bubble has to be long to use up what the grain gave
    at the start.</p>
  <p>Its size goes with the inverse of the distance to the threshold:</p>
  ${display(sub(id('η'), id('tot')), op('∝'), frac(num('1'), row(sub(id('α'), id('c')), op('−'), id('α'))))}
  <p>This is why experiments and numerics find the transition so hard to place. A sample with twenty l-bits cannot tell a
    bubble of thirty, which fails, from one without end. All of it looks thermal. The failed avalanche looks like a success
    to everyone who does not look far enough.</p>
  <p class="try">At a distance of ${quoted('size-delta')} the entropy falls through half at
    <i>n</i>* = ${quoted('size-front')}, and <i>η</i><sub>tot</sub> = ${quoted('size-eta')} log 2. Drag towards the threshold and
    watch the bubble grow.</p>`;

export const exact = `
  <p>Mean fields have been wrong before. So here is the whole quantum problem, without approximation, as large as a page can
    solve at once: a grain of 8 levels with a random Hamiltonian, four l-bits in random fields, flips between them.</p>
  ${display(CENTRAL_GRAIN)}
  <p>Your machine now diagonalizes ${quoted('exact-samples')} such matrices of order ${quoted('exact-order')} and takes the entropy of each l-bit in
    each eigenstate. The averages over one half of them are the dots. The line is the mean field with a single number put in,
    <i>g</i><sub>1,0</sub> = ${quoted('exact-g')}, which is fitted to the last l-bit of the
    <em>other</em> half, at <i>α</i><sub><i>c</i></sub> alone: the second command below.</p>
  <p>They agree in what matters: how fast thermality is lost along the chain, and how that depends on <i>α</i>. They differ where
    one would expect it. Eight levels are few; at the edges of the spectrum there is nobody to resonate with, and the exact
    averages stay a little below.</p>
  <p class="try">At <i>α</i> = ${quoted('exact-alpha')} the last l-bit has ${quoted('exact-end')} log 2, in mean field
    ${quoted('exact-theory')} log 2.</p>`;

export const bottleneck = `
  <p>In a plane there is more to win. A bubble of radius <i>r</i> holds <i>π</i><i>r</i>² l-bits, and each of them helps. Distance
    costs a factor that is exponential in <i>r</i>; help pays one that is exponential in <i>r</i>². In the end help must win:</p>
  ${display(id('g'), of(id('r')), op('='), sub(id('g'), num('0')), exp, tall(minus, frac(id('r'), id('ζ')), op('+'), frac(row(id('π'), sup(id('r'), num('2'))), num('2')), log, num('2')))}
  <p>That seems to be the end of localization in two dimensions. A bubble that is large enough never stops. But it has to
    <em>become</em> large enough, and on its way it passes a bottleneck: at
    ${inline(id('r'), op('='), num('1'), op('/'), of(id('π'), id('ζ'), log, num('2')))} the loss is greatest. If the
    coupling there has fallen far below 1, the avalanche dies long before the square can help it.</p>
  <p>So in the plane too avalanches fail, and for the opposite reason. In the chain they fail when they are large and tired; in
    the plane when they are small and young.</p>
  <p class="try">With <i>ζ</i> = ${quoted('bottleneck-zeta')} the narrowest place is at <i>r</i> = ${quoted('bottleneck-r')}, where
    couplings have fallen to ${quoted('bottleneck-g')} of what they were; the full equations on a disc ask for
    <i>g</i><sub>0</sub> = ${quoted('bottleneck-g0')} to get through.</p>`;

export const plane = `
  <p>Now a real landscape. On each site of a square lattice an orbital sits in a potential that never repeats: sites
    advance a phase by two irrational amounts, and the potential rises and falls with it between −<i>W</i> and <i>W</i>.
    Hopping <i>t</i> mixes neighbours.</p>
  <p>The orbitals are localized when <i>W</i>/<i>t</i> is large, but none of them ends at its site: each has a tail, and the
    grain at the origin feels the tail that reaches it:</p>
  ${display(sub(id('g'), row(id('n'), op(','), num('0'))), op('='), sub(id('g'), num('0')), bars('|', sub(id('φ'), id('n')), of(num('0'))))}
  <p>Nothing in this landscape is random. It has no region that is rarer than others by chance, which is what killed
    localization in the argument of rare regions. Where the grain lies in the pattern is set by one phase,
    <i>θ</i><sub>0</sub>; ask for how many of them the avalanche runs, and three regimes appear: for all, for some, for none.</p>
  <p class="try">Drag <i>W</i>. At <i>W</i>/<i>t</i> = ${quoted('plane-w')} and <i>θ</i><sub>0</sub> = ${quoted('plane-theta')} it ${quoted('plane-verdict')},
    with <i>η</i><sub>tot</sub> = ${quoted('plane-eta')} log 2. Then play it, near the edge, and see the front stop.</p>`;

export const scan = `
  <p>Follow the phase around its circle at one strength of disorder. You might expect all sizes of bubbles. You find two.
    Either the plane is taken, all ${quoted('scan-sites')} l-bits of this small one, or the avalanche stops at a few l-bits. The band between is empty.</p>
  <p>The bottleneck explains it. Whoever is past it is never stopped again; who is stopped is stopped before. So a failed
    avalanche has an upper bound, in the paper about 14 log 2 and among the phases drawn here ${quoted('scan-failed')} log 2, whatever the
    size of the plane (single phases at the edge of an interval that runs get somewhat further), and this is what makes a statement about
    infinite planes possible: once the plane is much larger than the bubble, it does not matter any more how large it is.</p>
  <p>“It fails” is a claim about every coupling, also about those too small to compute. They are not dropped here. Each
    coupling has bounds from below and above, and since the map can only rise, solving with the lower ones and with the upper
    ones encloses the truth.</p>
  <p class="try">At <i>θ</i><sub>0</sub> = ${quoted('scan-theta')} and <i>W</i>/<i>t</i> = ${quoted('scan-w')}, <i>η</i><sub>tot</sub> = ${quoted('scan-eta')} log 2,
    and the two bounds are ${quoted('scan-width')} log 2 apart.</p>`;

/** A row of the table, which stays one though its cells are shown below the statement (article.css): where, what the paper says, what comes out as printed and in a reading, and the name of the verdict. */
const claim = (where: string, paper: string, printed: string, reading: string, name: string) =>
  `<tr role="row"><th scope="row" role="rowheader"><span>${where}</span> <span>${quoted(`verdict-${name}`)}</span></th><td role="cell">${paper}</td><td role="cell">${printed}</td><td role="cell">${reading}</td></tr>`;

/** The outcome of one realization of Fig. 4. */
const outcome = (name: string) => `${quoted(name)}, ${quoted(`${name}-eta`)}&nbsp;log&nbsp;2`;
const hopping = `<i>t</i>&nbsp;=&nbsp;${quoted('claims-t')}`;
const NONE = '–';

export const claims = `
  <p>The theory is that of P. J. D. Crowley and A. Chandran, <em>Mean-field theory of failed thermalizing avalanches</em>
    (Phys. Rev. B 106, 184208, 2022). What comes out when exactly what they print is computed? Most of it. Some
    numbers of the paper come out only in another <em>reading</em>, and here you can see by how much: of the
    ${quoted('claims-count')} statements below, ${quoted('claims-as-printed')} agree as printed,
    ${quoted('claims-in-reading')} in the reading, and ${quoted('claims-differ')} in neither. Each is judged by the rule that the
    command’s own table of claims has for it.</p>
  <p>In the plane only <i>W</i>/<i>t</i> matters. The printed <i>t</i> = 1 puts the threshold far beyond the paper’s
    ${quoted('paper-threshold')}. With <i>t</i> = 0.41, a number that the paper uses elsewhere, what it says of the plane comes out.</p>
  <p class="try">Drag the end of the curve to the paper’s ${quoted('paper-threshold')}, and away from it: the verdicts follow. At
    ${hopping} the last share above zero on this grid is at <i>W</i> = ${quoted('claims-w')}.</p>
  <div class="scroll" tabindex="0" role="region" aria-label="Claims of the paper">
  <table role="table"><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">statement</th><th scope="col" role="columnheader">the paper</th><th scope="col" role="columnheader">as printed</th><th scope="col" role="columnheader">in the reading</th></tr></thead><tbody role="rowgroup">
    ${claim('Fig. 3(a): half entropy at <i>δα</i>&nbsp;=&nbsp;−0.07', `<i>n</i>* ≈ ${quoted('paper-front')}`, quoted('claims-front'), NONE, 'front')}
    ${claim('Eq. (7b): [<i>S</i>]/<i>g</i> for <i>g</i>&nbsp;→&nbsp;0', `2<i>π</i>&nbsp;log&nbsp;2 =&nbsp;${quoted('paper-slope')}`, `${quoted('claims-slope')}, that is ${quoted('claims-slope-ratio')}&nbsp;·&nbsp;2<i>π</i>`, NONE, 'slope')}
    ${claim('Eq. (22): <i>g</i><sub><i>c</i></sub>&nbsp;· 4<i>N</i>&nbsp;log&nbsp;<i>N</i> as <i>N</i> grows', 'constant', `${FOLDS.map((_, i) => quoted(`claims-fold-${i + 1}`)).join(', ')} at&nbsp;<i>N</i>&nbsp;=&nbsp;${FOLDS.map((n) => `10<sup>${Math.round(Math.log10(n))}</sup>`).join(', ')}`, NONE, 'scaling')}
    ${claim('Fig. 4(a): <i>W</i>&nbsp;=&nbsp;45, <i>R</i>&nbsp;=&nbsp;15, outcome and <i>η</i><sub>tot</sub>', 'fails', outcome('claims-printed'), `${hopping}: ${outcome('claims-strong')}`, 'strong')}
    ${claim('Fig. 4(b): <i>W</i>&nbsp;=&nbsp;20, <i>R</i>&nbsp;=&nbsp;15, the same', 'runs', outcome('claims-printed-weak'), `${hopping}: ${outcome('claims-weak')}`, 'weak')}
    ${claim('Fig. 5(a): threshold <i>W</i><sub>th</sub>, here on this grid', `≈ ${quoted('paper-threshold')}`, quoted('claims-wth'), `${hopping}: ${quoted('claims-w')}`, 'threshold')}
    ${claim('Fig. 2: <i>g</i><sub>1,0</sub> fitted', '0.77 to 0.93', `grain of 8 levels: ${quoted('exact-g')}`, `grain of 64 levels, <i>J</i><sub>1</sub>&nbsp;=&nbsp;0.82: ${quoted('claims-g64')}`, 'coupling')}
  </tbody></table></div>
  <p>Everything on this page was computed by your machine while you read, by the same code, to the last bit, as the command
    lines under its parts do. The other tabs have the same models with all their knobs.</p>`;
