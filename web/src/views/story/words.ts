// The words of the story up to the chain. Numbers in them are computed: each <data> is filled by its name.
import {
  display,
  exp,
  frac,
  id,
  inline,
  integral,
  log,
  num,
  of,
  op,
  row,
  space,
  sub,
  sum,
  sup,
  tall,
} from '../../parts/math.js';
import { MINORITY, MIXED_ENTROPY } from '../equations.js';

export const quoted = (name: string) => `<data data-number="${name}"></data>`;

const g = (...index: string[]) => sub(id('g'), row(...index));

export const sketch = `
  <p class="lead">Can a speck of heat melt a frozen world? Sometimes it can. Far more often it tries, spreads, slows down,
    and stops. This page is about how it stops.</p>
  <p>Take many quantum two-level systems, each in an environment of its own. If the differences between neighbours are
    large, nothing that one of them does fits what another could answer: energy cannot be passed on. Each keeps the state
    that it was given, for ever. This is <em>localization</em>, and such a system that keeps its value is called an
    <em>l-bit</em>, a localized bit.</p>
  <p>Somewhere, by chance, the differences are small. There, a handful of levels mix thoroughly and behave like a tiny
    piece of hot matter: a <em>thermal grain</em>. Every l-bit feels it a little. The disturbance fades exponentially with
    the distance <i>r</i>, over a length <i>ζ</i>:</p>
  ${display(id('g'), op('='), sup(id('e'), row(op('−'), id('r'), op('/'), id('ζ'))))}
  <p>The number <i>g</i>, the <em>reduced coupling</em>, compares the strength with which grain and l-bit shake each other
    with the spacing of the grain’s levels. It is the only thing that matters here.</p>
  <p class="try">Drag the ringed l-bit, or use the arrow keys. At ${quoted('sketch-r')} decay lengths its coupling is
    <i>g</i> = ${quoted('sketch-g')}, and the grain has taken ${quoted('sketch-s')} of the entropy it could have:
    yellow is thermal, violet is frozen.</p>`;

export const bit = `
  <p>What does it mean that an l-bit is half thermal? Not that it is lukewarm. Look at the exact states of grain and l-bit
    together, one after another. In most of them, when <i>g</i> is small, the l-bit points clearly up or down. In a few, a
    level of the grain happens to lie in the right place, the two mix, and the l-bit is as entangled as it can be.</p>
  <p>Mixing of two levels depends on the ratio <i>h</i> of matrix element and energy difference: the share <i>P</i> of the
    minority level, and with it the entropy of entanglement, are</p>
  ${display(MINORITY)}
  ${display(MIXED_ENTROPY)}
  <p>And <i>h</i> is random. For a grain with levels like those of a random matrix, its distribution has a tail that falls
    only as ${inline(num('2'), id('g'), op('/'), sup(id('h'), num('2')))}: large ratios, <em>resonances</em>, are never
    excluded, only rare. The figure shows what that makes of the entropy. Its left edge is the frozen majority; at its
    right edge, <i>S</i> = log 2, the resonances pile up.</p>
  <p class="try">At <i>g</i> = ${quoted('bit-g')}, a share of ${quoted('bit-above')} of all states is resonant, and the
    mean entropy is ${quoted('bit-s')} log 2. Move the slider slowly from the left end to the right.</p>`;

/** The strength of the second state: letters of more than one character are not set in italics. */
const PRIMED = row(id('h'), op('′'));

export const gain = `
  <p>So far the grain acted on the l-bit. Now the other way. A thermal l-bit is not lost to the grain: it becomes a part of
    it. A grain with one more two-level system has twice as many states in the same range of energy, so that its levels lie
    twice as dense, and whoever couples to it next finds it easier to be in resonance.</p>
  <p>An l-bit that is thermal in only a share of the states helps by only a share. Averaging over the resonances <i>h</i> and
    <i>h</i>′ of two states gives the gain <i>η</i>, such that the density of states grows by the factor
    ${inline(sup(id('e'), id('η')))}:</p>
  ${display(id('η'), of(id('g')), op('='), num('2'), log, integral, integral, sub(id('p'), id('g')), of(id('h')), space, sub(id('p'), id('g')), of(PRIMED), space, id('K'), of(id('h'), op(','), PRIMED), space, id('d'), id('h'), space, id('d'), PRIMED)}
  <p>Here <i>K</i> is the overlap of the two mixtures. It is 1 when neither is mixed, and √2 when both are. Far to the
    right <i>η</i> is log 2, a factor of 2. To the left it vanishes like −8 <i>g</i> log <i>g</i>, more slowly than the entropy,
    2<i>π</i><i>g</i>, and that is worth a second look: the grain gains before the l-bit seems to give.</p>
  <p class="try">Drag the ring along the curve. At <i>g</i> = ${quoted('bit-g')} the gain is <i>η</i> = ${quoted('bit-eta')} log 2,
    where the l-bit itself has ${quoted('bit-s')} log 2.</p>`;

export const spread = `
  <p>Put <i>N</i> l-bits in a row, each a factor <i>α</i> more weakly coupled than the one before:
    ${inline(g(id('n'), op(','), num('0')), op('='), g(num('1'), op(','), num('0')), sup(id('α'), row(id('n'), op('−'), num('1'))))}.
    Each that thermalizes helps all the others. Taking the help of each as its mean, a <em>mean field</em>, gives one
    equation for each l-bit:</p>
  ${display(g(id('n')), op('='), g(id('n'), op(','), num('0')), exp, tall(frac(num('1'), num('2')), sum(row(id('m'), op('≠'), id('n'))), id('η'), of(g(id('m')))))}
  <p>The half is there because matrix elements shrink with the square root of the number of states, while their density
    grows in full. Every l-bit that is won multiplies the coupling of the next by √2. The distance multiplies it by <i>α</i>.</p>
  <p>Solve it as nature might. Start with the bare couplings; see who is thermal; let them help; see who is thermal now.
    What runs outward in the figure is the <em>avalanche</em>: a hot bubble, and its front, where the entropy falls through
    half.</p>
  <p class="try">Press Play, or step through it. With <i>α</i> = ${quoted('chain-alpha')} the front comes to rest at
    <i>n</i>* = ${quoted('chain-front')}, and Σ <i>η</i> at ${quoted('chain-eta')} log 2. Then choose another <i>α</i>.</p>`;

export const climb = `
  <p>All couplings depend on the others through one number alone: the total gain
    ${inline(id('T'), op('='), sum(id('n')), id('η'), of(g(id('n'))))}. Given <i>T</i>, every coupling follows, from these a
    new total, Φ(<i>T</i>), and a solution is where the two agree:</p>
  ${display(id('T'), op('='), id('Φ'), of(id('T')))}
  <p>Hundreds of equations have become a curve and a diagonal. Go up to the curve, across to the diagonal, up again: that
    staircase is the avalanche. It climbs while the curve lies above the diagonal, and it fails at the first point where
    the curve does not.</p>
  <p>The map can only rise, so that the climb from zero cannot jump over a crossing. It ends at the lowest one, and that is
    the answer that nature finds from a cold start. The vertical line marks the step that is played above; it runs a little ahead of
    the stairs, because there each l-bit’s own part, which does not help itself, is left out one step late.</p>
  <p class="try">Drag the start of the stairs. From ${quoted('chain-start')} log 2 they lead to ${quoted('chain-end')} log 2;
    the slope of the curve where it crosses says whether one comes back.</p>`;

export const seed = `
  <p>A chain that thins out has one crossing. A crowd need not. Here are ${quoted('seed-n')} l-bits with one and the same
    weak coupling, <i>g</i><sub>0</sub> = ${quoted('seed-g')}, and the curve meets the diagonal at ${quoted('seed-crossings')} points.</p>
  <p>The lowest crossing, at ${quoted('seed-lowest')} log 2, is a cold system that stays cold; the highest is a system that is hot throughout and keeps itself
    hot. Both are stable. The one between is neither: it is the size of a bubble that holds itself in balance like a pencil
    on its tip. A bit smaller and it cools; a bit larger and nothing stops it any more.</p>
  <p>That is what “rare region” means. The question is not only whether couplings are weak, but whether somewhere chance
    provides a beginning beyond the middle crossing, at ${quoted('seed-middle')} log 2. For <i>N</i> equal l-bits the lower
    crossings vanish at ${inline(sub(id('g'), id('c')), op('≈'), num('1'), op('/'), of(num('4'), id('N'), log, id('N')))},
    up to a slowly changing factor, and then every beginning suffices.</p>
  <p class="try">Drag the start across the middle crossing. From ${quoted('seed-start')} log 2 the iteration goes to
    ${quoted('seed-end')} log 2.</p>`;
