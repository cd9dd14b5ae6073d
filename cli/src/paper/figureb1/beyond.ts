// What is predicted of chains with a bath at one end, and what was measured.
import { show } from '../claim.js';
import type { Finding, Verdict } from '../finding.js';
import { NEARLY_ALL } from './crossings.js';
import type { Crossing, Findings } from './data.js';

/** Published values of W: beyond the first random chains may be stable; beyond the second quasiperiodic ones are, as far as the sizes show. */
const [RANDOM, QUASIPERIODIC] = [20, 8];

/** Realizations from which on a verdict is given. */
const ENOUGH = 20;

const FEW_DRAWS = `Fewer than ${100 * NEARLY_ALL} % of the draws cross: no error is known.`;

/** Whether enough draws cross for an error. */
const isSure = ({ crossed }: Crossing) => crossed >= NEARLY_ALL;
const errorOf = (c: Crossing) => (isSure(c) ? show(c.strengthError, 2) : 'unknown');

/** Each pair of neighbouring sizes, with its crossing if it has one. */
const pairsOf = (sizes: readonly number[], list: readonly Crossing[]) =>
  sizes.slice(1).map((size, k) => ({
    pair: `L = ${sizes[k]} and ${size}`,
    found: list.find(({ spins }) => spins === (sizes[k] + size) / 2),
  }));

const listed = (sizes: readonly number[], list: readonly Crossing[]) =>
  pairsOf(sizes, list)
    .map(({ pair, found }) => `${found ? show(found.strength, 3) : 'none'} of ${pair}`)
    .join(', ');

/** The errors, and which draws have no crossing. */
function errors(sizes: readonly number[], list: readonly Crossing[]): string {
  const without = pairsOf(sizes, list).flatMap(({ pair, found }) =>
    found && found.crossed < 1
      ? [`; no crossing in ${show(100 * (1 - found.crossed), 2)} % of the draws of ${pair}`]
      : [],
  );
  return `${list.map(errorOf).join(', ')}, bootstrap${without.join('')}`;
}

const values = (list: readonly Crossing[]) =>
  Object.fromEntries(list.map(({ spins, strength }) => [`crossing${spins}`, strength]));

const largest = (list: readonly Crossing[]) => list.reduce((top, c) => (c.strength > top.strength ? c : top));

const few = (fewest: number) =>
  `${fewest} realizations of the longest chain are few: docs/findings.md has more.`;

/** Whether the last crossing is above the first. */
function driftOf({ drifts: { random }, fewest }: Findings): { verdict: Verdict; note?: string } {
  if (fewest < ENOUGH) return { verdict: 'open', note: few(fewest) };
  if (!random) return { verdict: 'open', note: 'Fewer than two pairs of sizes cross.' };
  if (!isSure(random) || !(random.strengthError > 0)) return { verdict: 'open', note: FEW_DRAWS };
  const sigma = random.strength / random.strengthError;
  if (sigma >= 2) return { verdict: 'agrees' };
  return sigma <= -2
    ? { verdict: 'differs', note: 'It falls, by more than two errors.' }
    : { verdict: 'open', note: 'What it rises or falls by is below two errors.' };
}

function random(findings: Findings): Finding[] {
  const { crossings, sizes, drifts, strengths } = findings;
  const list = crossings.random;
  const most = list.length > 0 ? largest(list) : undefined;
  const { pair } = pairsOf(sizes, list).find(({ found }) => found === most)!;
  const rise = drifts.random;
  return [
    {
      id: 'b1-drift',
      source: 'Morningstar et al., PRB 105, 174205; Sels, PRB 106, L020202 (2022)',
      question: 'W at which the median of rate × 4^L does not depend on L, random fields, against L',
      predicted: 'rises with L',
      measured: `${listed(sizes, list)}${rise ? `; from first to last by ${show(rise.strength, 3)}` : ''}`,
      error: `${errors(sizes, list)}${rise ? `; of the rise ${errorOf(rise)}` : ''}`,
      values: { ...values(list), ...(rise && { rise: rise.strength }) },
      ...driftOf(findings),
    },
    {
      id: 'b1-critical',
      source: 'Sels, PRB 106, L020202 (2022)',
      question: 'W beyond which random chains are stable',
      predicted: `at least about ${RANDOM}`,
      measured: most
        ? `crossings up to ${show(most.strength, 3)}, at ${pair}`
        : `no crossing for W from ${strengths[0]} to ${strengths.at(-1)}`,
      error: most ? `${errorOf(most)}, bootstrap` : 'unknown',
      values: most ? { crossing: most.strength } : {},
      verdict: 'open',
      note: 'The largest is a bound from below of where crossings end, if they end.',
    },
  ];
}

/** Whether all crossings are below the published value. */
function quasiperiodicOf({ crossings: { quasiperiodic: list }, drifts, fewest, sizes }: Findings): {
  verdict: Verdict;
  note?: string;
} {
  if (fewest < ENOUGH) return { verdict: 'open', note: few(fewest) };
  if (list.length < sizes.length - 1)
    return { verdict: 'open', note: 'Sizes that do not cross may do so elsewhere.' };
  const most = largest(list);
  if (!list.every(isSure)) return { verdict: 'open', note: FEW_DRAWS };
  const above = most.strength - QUASIPERIODIC;
  if (Math.abs(above) <= 2 * most.strengthError)
    return { verdict: 'open', note: 'It is less than two errors from there.' };
  if (above > 0) return { verdict: 'differs', note: 'It is above by more than two errors.' };
  const rise = drifts.quasiperiodic;
  const rises = rise !== undefined && isSure(rise) && rise.strength > 2 * rise.strengthError;
  return rises
    ? { verdict: 'agrees', note: `Crossings rise with L: those beyond L = ${sizes.at(-1)} may be above.` }
    : { verdict: 'agrees' };
}

function quasiperiodic(findings: Findings): Finding {
  const { crossings, sizes } = findings;
  const list = crossings.quasiperiodic;
  const most = list.length > 0 ? `${show(largest(list).strength, 3)}: ` : '';
  return {
    id: 'b1-quasiperiodic',
    source: 'Tu, Vu and Das Sarma, PRB 107, 014203 (2023)',
    question: 'largest W at which the median of rate × 4^L crosses, quasiperiodic fields W cos(2πφj + θ)',
    predicted: `below ${QUASIPERIODIC}`,
    measured: `${most}${listed(sizes, list)}`,
    error: errors(sizes, list),
    values: values(list),
    ...quasiperiodicOf(findings),
  };
}

/** Which of two falls is the larger one. */
function fallsOf({ falls, fewest }: Findings): { verdict: Verdict; note?: string } {
  const { random, quasiperiodic } = falls;
  if (fewest < ENOUGH) return { verdict: 'open', note: 'Of few realizations.' };
  const more = quasiperiodic.decades - random.decades;
  if (Math.abs(more) <= 2 * Math.hypot(random.error, quasiperiodic.error))
    return { verdict: 'open', note: 'They are less than two errors apart.' };
  if (more < 0) return { verdict: 'differs', note: 'It falls more in random fields.' };
  return quasiperiodic.decades > 2 * quasiperiodic.error
    ? { verdict: 'agrees' }
    : { verdict: 'open', note: 'In quasiperiodic fields it does not fall.' };
}

/** How rates fall where all sizes are localized. */
function falls(findings: Findings): Finding {
  const { falls: by, strongest, sizes } = findings;
  return {
    id: 'b1-falls',
    source: 'Tu, Vu and Das Sarma, PRB 107, 014203 (2023)',
    question: `decades by which the median of rate × 4^L falls from L = ${sizes[0]} to ${sizes.at(-1)} at W = ${strongest}`,
    predicted: 'more in quasiperiodic fields than in random ones',
    measured: `${show(by.quasiperiodic.decades, 3)} and ${show(by.random.decades, 3)}`,
    error: `${show(by.quasiperiodic.error, 2)} and ${show(by.random.error, 2)}, from the ranks of medians, none of them a bound`,
    values: { quasiperiodic: by.quasiperiodic.decades, random: by.random.decades },
    ...fallsOf(findings),
  };
}

export function beyond(findings: Findings): Finding[] {
  return [...random(findings), quasiperiodic(findings), falls(findings)];
}
