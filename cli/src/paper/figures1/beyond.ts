// What is predicted of quantum suns, and what was measured.
import { ALPHA_CRITICAL, MEAN_RATIOS } from '../../common/constants.js';
import { show } from '../claim.js';
import type { Finding, Verdict } from '../finding.js';
import type { Findings } from './data.js';

/** Seen at small sizes, as published. */
const PUBLISHED = [0.73, 0.74];

const SOURCE = 'Šuntajs and Vidmar, PRL 129, 060602 (2022)';

/** Errors larger than this decide nothing: the published range and 1/√2 are 0.03 apart. */
const DECISIVE = 0.02;

function judge(distance: number, error: number, many: boolean): Verdict {
  if (distance > 2 * error) return many ? 'differs' : 'open';
  return many && error <= DECISIVE ? 'agrees' : 'open';
}

export function beyond({ sizes, dimensions, fewest, gapRatio, entropy, ends }: Findings): Finding[] {
  const many = fewest >= 200;
  const pair = `L = ${sizes.at(-2)} and ${sizes.at(-1)}`;
  const few = many
    ? undefined
    : `${fewest} realizations of the largest sun are few: docs/findings.md has more.`;
  const crossing = ({ crossings }: typeof entropy, name: string, what: string): Finding => {
    const { value, error } = crossings.at(-1)!;
    const off = Math.max(PUBLISHED[0] - value, value - PUBLISHED[1], 0);
    return {
      id: `s1-${name}`,
      source: SOURCE,
      question: `α at which ${what} of the two largest sizes cross, small ones`,
      predicted: `${PUBLISHED[0]} to ${PUBLISHED[1]}`,
      measured: `${show(value)} (${pair})`,
      error: `${show(error, 2)}, jackknife over realizations`,
      values: { value, error },
      verdict: judge(off, error, many),
      note:
        few ??
        (off > 2 * error
          ? 'Crossings still move as sizes grow.'
          : error > DECISIVE
            ? 'The error is too wide to decide.'
            : undefined),
    };
  };
  const findings = [crossing(entropy, 'entropy', '[S_end]'), crossing(gapRatio, 'gap-ratio', 'gap ratios')];
  if (entropy.limit) {
    const { value, error } = entropy.limit;
    findings.push({
      id: 's1-critical',
      source: 'avalanche theory, [CC22] Sec. IV',
      question: 'critical α: crossings of [S_end] extrapolated in 1/L',
      predicted: '1/√2 = 0.7071',
      measured: show(value),
      error: `${show(error, 2)}, jackknife; the straight line is not in it`,
      values: { value, error },
      verdict: judge(Math.abs(value - ALPHA_CRITICAL), error, many),
      note:
        few ?? `${sizes.length} sizes up to D = ${dimensions.at(-1)} leave the form of the approach open.`,
    });
  }
  const [weak, strong] = ends;
  const between = weak.gapRatio > MEAN_RATIOS.poisson && weak.gapRatio < strong.gapRatio;
  findings.push({
    id: 's1-statistics',
    source: 'random matrices, independent levels',
    question: `gap ratio at α = ${weak.alpha} and ${strong.alpha}, L = ${sizes.at(-1)}`,
    predicted: `towards ${show(MEAN_RATIOS.poisson)} and ${show(MEAN_RATIOS.goe)}`,
    measured: `${show(weak.gapRatio)} and ${show(strong.gapRatio)}`,
    error: `${show(weak.error, 2)} and ${show(strong.error, 2)}, standard error`,
    values: { weak: weak.gapRatio, strong: strong.gapRatio },
    verdict: between ? 'open' : 'differs',
    note: 'Small suns are between the two on either side; towards is no number.',
  });
  return findings;
}
