// Whether the bound (20) holds, where it lies read as 2R between grains, and how the mean field of several grains does against exact diagonalization.
import { show } from '../claim.js';
import { CLOSE, FEW, isClose, rms } from '../deviation.js';
import type { Finding } from '../finding.js';
import type { Point } from './analyse.js';
import type { Findings } from './data.js';

/** Relative difference of [S] of one l-bit that counts as equal, with two standard errors. */
const RELATIVE_APART = 0.1;
/** Realizations of a row, of one l-bit and of lattices from which on a verdict is given. */
const [ENOUGH_ONE, ENOUGH_LATTICES] = [40, 20];

type Rule = 'never' | 'coupling' | 'collars' | 'always' | 'squares';

const distinct = (list: readonly number[]) => [...new Set(list)];

/** The least spacing from which on the fraction of avalanches stays at or below a level; undefined where it does not. */
function from(own: readonly Point[], rule: Rule, level: number): number | undefined {
  const above = own.filter((p) => p[rule] > level);
  const last = Math.max(...above.map((p) => p.x), 0);
  return own.find((p) => p.x > last)?.x;
}

const named = (spacing: number | undefined) => (spacing === undefined ? 'none' : String(spacing));

/** W by W: the spacing from which on no lattice avalanches by coupling, and R of (20) around single grains. */
const byStrength = ({ fractions }: Findings) =>
  distinct(fractions.map((p) => p.size)).map((strength) => {
    const own = fractions.filter((p) => p.size === strength);
    const [{ radius, radiusMost }] = own;
    const apart = own.filter((p) => p.x >= radiusMost);
    const most = Math.max(0, ...apart.map((p) => p.coupling));
    return { strength, zero: from(own, 'coupling', 0), twice: 2 * radius, radiusMost, most };
  });

const BOTH_RULES =
  'Both rules are the mean field: what decides when bubbles merge has no exact check on a lattice.';

function bound(findings: Findings): Finding {
  const all = byStrength(findings);
  const few = findings.offsets < ENOUGH_LATTICES;
  const holds = all.every(({ most }) => most === 0);
  return {
    id: 'd1-bound',
    source: '[CC22] (20)',
    question:
      'lattices that avalanche with grains at least the largest R of (20) around single grains apart, bubbles merging where they couple',
    predicted: 'none: the bound is conservative',
    measured: all
      .map(
        ({ strength, radiusMost, most }) =>
          `W = ${strength}: ${most === 0 ? 'none' : `up to ${show(100 * most, 2)} %`} (R = ${radiusMost})`,
      )
      .join('; '),
    error: `${findings.offsets} phase offsets a W`,
    values: Object.fromEntries(all.map(({ strength, most }) => [`beyondR${strength}`, most])),
    verdict: few ? 'open' : holds ? 'agrees' : 'differs',
    note: few ? 'Few lattices.' : holds ? BOTH_RULES : `Collars of grains so near overlap. ${BOTH_RULES}`,
  };
}

/** How far, in spacings, the mean 2R may be from where avalanches end. */
const ONE_STEP = 1;

function twice(findings: Findings): Finding {
  const all = byStrength(findings);
  const few = findings.offsets < ENOUGH_LATTICES;
  const holds = all.every(({ zero, twice }) => zero !== undefined && Math.abs(zero - twice) <= ONE_STEP);
  return {
    id: 'd1-twice',
    source: '(20) read as 2R between grains; chosen after these lattices had been seen',
    question:
      'spacing from which on no lattice avalanches, bubbles merging where they couple, against the mean 2R of (20) around single grains',
    predicted: 'equal within one step',
    measured: all
      .map(({ strength, zero, twice }) => `W = ${strength}: ${named(zero)}, 2R = ${show(twice, 2)}`)
      .join('; '),
    error: `one step; ${findings.offsets} phase offsets a W`,
    values: Object.fromEntries(
      all.flatMap(({ strength, zero, twice }) => [
        [`twice${strength}`, twice],
        ...(zero === undefined ? [] : [[`zero${strength}`, zero] as const]),
      ]),
    ),
    verdict: few ? 'open' : holds ? 'agrees' : 'differs',
    note: few ? 'Few lattices.' : holds ? BOTH_RULES : 'Not so at every W.',
  };
}

function conservative({ fractions, offsets }: Findings): Finding {
  const all = distinct(fractions.map((p) => p.size)).map((strength) => {
    const own = fractions.filter((p) => p.size === strength);
    const half = (rule: Rule) => from(own, rule, 0.5);
    return { strength, collars: half('collars'), coupling: half('coupling'), never: half('never') };
  });
  const larger = all.every(
    ({ collars, coupling, never }) =>
      coupling !== undefined &&
      never !== undefined &&
      (collars ?? Number.POSITIVE_INFINITY) >= coupling &&
      coupling >= never,
  );
  return {
    id: 'd1-half',
    source: 'docs/many-grains.md, assumption 5',
    question:
      'spacing from which on at most half of the lattices avalanche: collars meeting, bubbles coupling, grains each alone',
    predicted: 'in that order, descending',
    measured: all
      .map(
        ({ strength, collars, coupling, never }) =>
          `W = ${strength}: ${[collars, coupling, never].map(named).join(', ')}`,
      )
      .join('; '),
    error: `one step; ${offsets} phase offsets a W`,
    values: Object.fromEntries(
      all.flatMap(({ strength, ...spacings }) =>
        Object.entries(spacings).flatMap(([rule, spacing]) =>
          spacing === undefined ? [] : [[`${rule}${strength}`, spacing] as const],
        ),
      ),
    ),
    verdict: larger ? 'identity' : 'differs',
    note: larger
      ? 'It has to be so: merging raises all couplings, and grains that are alike couple so strongly only where their collars meet.'
      : 'Not so at every W.',
  };
}

function oneBit({ one, oneSamples }: Findings): Finding {
  const off = (rule: Rule) => one.map((p) => p[rule] / p.value - 1);
  const [sum, squares, bath] = (['never', 'squares', 'always'] as const).map((rule) => rms(off(rule)));
  const worst = one.reduce((top, p) =>
    Math.abs(p.never / p.value - 1) > Math.abs(top.never / top.value - 1) ? p : top,
  );
  const outside = one.filter((p) => Math.abs(p.never - p.value) > RELATIVE_APART * p.value + 2 * p.error);
  const fewest = Math.min(...Object.values(oneSamples));
  const few = fewest < ENOUGH_ONE;
  const widest = Math.max(...one.map((p) => p.error / p.value));
  const wide = outside.length === 0 && widest > RELATIVE_APART;
  const nearest = sum < squares && sum < bath;
  return {
    id: 'd1-one',
    source: 'docs/many-grains.md, [CC22] (A13)',
    question:
      '[S] of one l-bit between two grains of equal g, against that at g₁ + g₂, at √(g₁² + g₂²), and of both grains as one bath',
    predicted: `that of the sum, within ${100 * RELATIVE_APART} %`,
    measured: `rms relative difference ${show(sum, 2)}, ${show(squares, 2)} and ${show(bath, 2)}; of the sum at most ${show(worst.never / worst.value - 1, 2)}, at d_g = ${worst.size}, g = ${show(worst.x, 2)}; ${one.length - outside.length} of ${one.length} within`,
    error: `${show(widest, 2)} at most, relative, standard error`,
    values: { sum, squares, bath, outside: outside.length },
    verdict: few || wide ? 'open' : nearest && outside.length === 0 ? 'agrees' : 'differs',
    note: few
      ? `${fewest} realizations of one d_g are few.`
      : wide
        ? 'Standard errors are wider than what is asked.'
        : outside.length > 0
          ? `${nearest ? 'The sum is nearest of the three; exact entropies lie above it' : 'The sum is not the nearest'} where g √d_g is no longer small: there the l-bit begins to make one bath of both grains.`
          : undefined,
  };
}

function row({ rows, samples }: Findings, n: number): Finding {
  const own = rows.filter((p) => p.size === n);
  const off = (rule: Rule) => own.map((p) => p[rule] - p.value);
  const rules = ['coupling', 'never', 'squares', 'always'] as const;
  const all = Object.fromEntries(rules.map((rule) => [rule, rms(off(rule))])) as Record<
    (typeof rules)[number],
    number
  >;
  const worst = own.reduce((top, p) =>
    Math.abs(p.coupling - p.value) > Math.abs(top.coupling - top.value) ? p : top,
  );
  const within = own.filter((p) => isClose(p.coupling - p.value, p.error)).length;
  const few = samples[n] < FEW;
  return {
    id: `d1-row-${n}`,
    source: 'docs/many-grains.md',
    question: `[S_n]/log 2 of ${n} l-bits between two grains of 8 levels, against the mean field of measured bare couplings`,
    predicted: 'equal, bubbles merging where they couple',
    measured: `rms difference ${show(all.coupling, 2)}, largest ${show(worst.coupling - worst.value, 2)} (mean field ${show(worst.coupling, 3)}) at α = ${worst.y}, n = ${worst.x}; ${within} of ${own.length} within ${CLOSE} and two errors. Never merging ${show(all.never, 2)}, that with squares ${show(all.squares, 2)}, one bath ${show(all.always, 2)}`,
    error: `${show(rms(own.map((p) => p.error)), 2)}, standard error of ${samples[n]} realizations`,
    values: { ...all, within },
    verdict: few ? 'open' : within === own.length ? 'agrees' : 'differs',
    note: few
      ? 'Few realizations.'
      : within === own.length
        ? undefined
        : `${
            all.never < all.coupling
              ? 'Bubbles that never merge are nearer: by coupling, grains of eight levels merge too early. '
              : ''
          }Grains of eight levels have few levels in resonance, against the dense spectrum that the theory assumes.`,
  };
}

export function beyond(findings: Findings): Finding[] {
  const sizes = distinct(findings.rows.map((p) => p.size)).sort((a, b) => a - b);
  const lattices = [bound(findings), twice(findings), conservative(findings)];
  return [...lattices, oneBit(findings), ...sizes.map((n) => row(findings, n))];
}
