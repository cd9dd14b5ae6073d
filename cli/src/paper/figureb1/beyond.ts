// What is predicted of chains with a bath at one end, and what was measured.
import { show } from '../claim.js';
import type { Finding, Verdict } from '../finding.js';
import type { Crossing, Findings } from './data.js';

/** Published values of W: beyond the first random chains may be stable; beyond the second quasiperiodic ones are, as far as the sizes show. */
const [RANDOM, QUASIPERIODIC] = [20, 8];

/** Realizations from which on a verdict is given. */
const ENOUGH = 20;

const listed = (list: readonly Crossing[]) => list.map(({ strength }) => show(strength, 3)).join(', ');
const errors = (list: readonly Crossing[]) => list.map((c) => show(c.strengthError, 2)).join(', ');
const values = (list: readonly Crossing[]) =>
  Object.fromEntries(list.map(({ spins, strength }) => [`crossing${spins}`, strength]));

const largest = (list: readonly Crossing[]) => list.reduce((top, c) => (c.strength > top.strength ? c : top));

/** What was found from the crossings of two pairs of sizes. */
function driftOf(list: readonly Crossing[], enough: boolean): { verdict: Verdict; sigma: number } {
  const [first, last] = [list[0], list.at(-1)!];
  const sigma = (last.strength - first.strength) / Math.hypot(first.strengthError, last.strengthError);
  if (!enough || list.length < 2 || Math.abs(sigma) < 2) return { verdict: 'open', sigma };
  return { verdict: sigma > 0 ? 'agrees' : 'differs', sigma };
}

function drift({ crossings: { random }, sizes, fewest }: Findings): Finding[] {
  if (random.length === 0) return [];
  const enough = fewest >= ENOUGH;
  const { verdict } = driftOf(random, enough);
  const most = largest(random);
  const upper = sizes.find((size, i) => i > 0 && (sizes[i - 1] + size) / 2 === most.spins)!;
  const lower = 2 * most.spins - upper;
  return [
    {
      id: 'b1-drift',
      source: 'Morningstar et al., PRB 105, 174205; Sels, PRB 106, L020202 (2022)',
      question: 'W at which the median of rate × 4^L does not depend on L, random fields, against L',
      predicted: 'rises with L',
      measured: `${listed(random)}, pairs of L = ${sizes.join(', ')}`,
      error: `${errors(random)}, bootstrap`,
      values: values(random),
      verdict,
      note:
        verdict === 'agrees'
          ? undefined
          : enough
            ? 'The rise is below two errors.'
            : `${fewest} realizations of the longest chain are few: docs/findings.md has more.`,
    },
    {
      id: 'b1-critical',
      source: 'Sels, PRB 106, L020202 (2022)',
      question: 'W beyond which random chains are stable',
      predicted: `at least about ${RANDOM}`,
      measured: `crossings up to ${show(most.strength, 3)}, at L = ${lower} and ${upper}`,
      error: `${show(most.strengthError, 2)}, bootstrap`,
      values: { crossing: most.strength },
      verdict: 'open',
      note: 'The largest is a bound from below of where crossings end, if they end.',
    },
  ];
}

function quasiperiodic({ crossings: { quasiperiodic: list }, fewest, sizes }: Findings): Finding[] {
  if (list.length === 0) return [];
  const most = largest(list);
  const above = most.strength - QUASIPERIODIC;
  const sure = fewest >= ENOUGH && Math.abs(above) > 2 * most.strengthError;
  return [
    {
      id: 'b1-quasiperiodic',
      source: 'Tu, Vu and Das Sarma, PRB 107, 014203 (2023)',
      question: 'largest W at which the median of rate × 4^L crosses, quasiperiodic fields W cos(2πφj + θ)',
      predicted: `below ${QUASIPERIODIC}`,
      measured: `${show(most.strength, 3)}, of ${listed(list)} for pairs of L = ${sizes.join(', ')}`,
      error: `${errors(list)}, bootstrap`,
      values: values(list),
      verdict: !sure ? 'open' : above < 0 ? 'agrees' : 'differs',
      note: sure && above < 0 ? undefined : 'Errors or few realizations leave it open.',
    },
  ];
}

/** How rates fall where all sizes are localized. */
function falls({ falls: by, strongest, sizes, fewest }: Findings): Finding {
  const ratio = by.quasiperiodic / by.random;
  return {
    id: 'b1-falls',
    source: 'Tu, Vu and Das Sarma, PRB 107, 014203 (2023)',
    question: `decades by which the median of rate × 4^L falls from L = ${sizes[0]} to ${sizes.at(-1)} at W = ${strongest}`,
    predicted: 'more in quasiperiodic fields than in random ones',
    measured: `${show(by.quasiperiodic, 3)} and ${show(by.random, 3)}`,
    error: 'medians, none of them a bound',
    values: { ...by },
    verdict: fewest < ENOUGH ? 'open' : ratio > 1 ? 'agrees' : 'differs',
    note: ratio > 1 && fewest >= ENOUGH ? undefined : 'Of few realizations.',
  };
}

export function beyond(findings: Findings): Finding[] {
  return [...drift(findings), ...quasiperiodic(findings), falls(findings)];
}
