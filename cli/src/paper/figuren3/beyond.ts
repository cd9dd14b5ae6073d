// What the theory says of l-bits on grains of each level statistics, and what was measured.
import { show } from '../claim.js';
import type { Finding, Verdict } from '../finding.js';
import type { Findings, Found, Point } from './data.js';
import type { Growing } from './growing.js';

const NAMES = { goe: 'GOE', gue: 'GUE', poisson: 'independent levels' } as const;
/** As in figure n1: the states of a finite grain share its levels, so that they are farther from the theory than independent points. */
const DISTANCE = 0.02;
/** Tolerances of [S] and of e^{η/2}, relative; two standard errors are added. */
const [ENTROPY, ENHANCEMENT] = [0.05, 0.02];

function norms({ grain, distances, norms: count }: Found): Finding {
  const own = distances[grain];
  const others = Object.entries(distances).filter(([name]) => name !== grain);
  const nearest = others.every(([, distance]) => own < distance);
  const agrees = nearest && own < DISTANCE;
  return {
    id: `n3-norms-${grain}`,
    source: 'p̃ of docs/grains.md',
    question: `distribution of norms on grains of ${NAMES[grain]}: Kolmogorov's distance from p̃ of each`,
    predicted: `nearest to its own, below ${DISTANCE}`,
    measured: `${show(own, 2)} from its own; ${others.map(([name, x]) => `${show(x, 2)} from ${name}`).join(', ')}`,
    error: `${show(1.628 / Math.sqrt(count), 2)}, 99 % quantile for ${count} independent points`,
    values: { ...distances, norms: count },
    verdict: agrees ? 'agrees' : nearest ? 'open' : 'differs',
    note: agrees ? undefined : 'Few states, which share levels: larger ensembles decide.',
  };
}

const relative = ({ value, theory }: Point) => value / theory - 1;

function points(
  found: Found,
  quantity: 'entropy' | 'enhancement',
  { source, question, close, note }: { source: string; question: string; close: number; note: string },
): Finding {
  const list = found[quantity];
  const worst = list.reduce((top, p) => (Math.abs(relative(p)) > Math.abs(relative(top)) ? p : top));
  const outside = list.filter((p) => Math.abs(relative(p)) > close + (2 * p.error) / p.theory);
  const widest = Math.max(...list.map((p) => p.error / p.theory));
  const open = outside.length === 0 && widest > close;
  return {
    id: `n3-${quantity}-${found.grain}`,
    source,
    question: `${question}, grains of ${NAMES[found.grain]}, g from ${show(list[0].x, 1)} to ${show(list.at(-1)!.x, 1)}`,
    predicted: `the theory's, within ${100 * close} %`,
    measured: `largest relative difference ${show(relative(worst), 2)} at g = ${show(worst.x, 2)}`,
    error: `${show(worst.error / worst.theory, 2)} there, at most ${show(widest, 2)}, relative, standard error`,
    values: Object.fromEntries(list.map((p, k) => [`relative${k + 1}`, relative(p)])),
    verdict: outside.length > 0 ? 'differs' : open ? 'open' : 'agrees',
    note: outside.length > 0 ? note : open ? 'Standard errors are wider than what is asked.' : undefined,
  };
}

/** Grains of fewer levels have corrections of higher order, as large as the first. */
const LARGE = 1024;

/** Agrees, or differs, only where two errors do not reach across what is asked: an extrapolation is known less well than its points. */
function judge({ levels, limit: { value, error } }: Growing): { verdict: Verdict; note: string | undefined } {
  if (levels.at(-1)! < LARGE)
    return { verdict: 'open', note: 'So few levels have no law of large grains: docs/findings.md has more.' };
  const off = Math.abs(value);
  if (off + 2 * error <= ENHANCEMENT) return { verdict: 'agrees', note: undefined };
  return off - 2 * error > ENHANCEMENT
    ? { verdict: 'differs', note: 'Finite grains approach another limit.' }
    : { verdict: 'open', note: `${100 * ENHANCEMENT} % is less than two errors from the limit.` };
}

/** The enhancement at the strongest coupling in the limit of many levels. */
function limit({ grain, growing }: Found): Finding {
  const { levels, g, raw, equal, limit: found } = growing;
  const listed = (list: typeof raw) => list.map(({ value }) => show(100 * value, 2)).join(', ');
  return {
    id: `n3-limit-${grain}`,
    source: '[CC22] (8c)',
    question: `enhancement on growing grains of ${NAMES[grain]}, at g = ${show(g, 2)}, extrapolated by c + a/d + b/d², d levels`,
    predicted: `the theory's, within ${100 * ENHANCEMENT} %`,
    measured: `relative difference ${show(100 * found.value, 2)} %; ${listed(raw)} % at d = ${levels.join(', ')}; at equal density of levels ${listed(equal)} %`,
    error: `${show(100 * found.error, 2)} % of the limit, standard error; the form of the extrapolation is not in it`,
    values: {
      limit: found.value,
      ...Object.fromEntries(raw.map(({ value }, k) => [`levels${levels[k]}`, value])),
    },
    ...judge(growing),
  };
}

export function beyond(findings: Findings): Finding[] {
  return findings.flatMap((found) => [
    norms(found),
    points(found, 'entropy', {
      source: '[CC22] (A13)',
      question: '[S] of one l-bit',
      close: ENTROPY,
      note: 'The theory leaves out more than two levels at resonance, as for figure n1; why it is off for some grains and not for others was not tested.',
    }),
    points(found, 'enhancement', {
      source: '[CC22] (8c)',
      question: "enhancement [|V′|]/[|V|] of a second l-bit's elements",
      close: ENHANCEMENT,
      note: 'At strong coupling the coupling widens the band of so small a grain: levels are fewer, and elements larger. Growing grains have the limit.',
    }),
    limit(found),
  ]);
}
