// What is predicted of quantum suns, and what was measured.
import { ALPHA_CRITICAL, MEAN_RATIOS } from '../../common/constants.js';
import { show } from '../claim.js';
import type { Finding, Verdict } from '../finding.js';
import type { Findings } from './data.js';

/** Seen at small sizes, as published. */
const PUBLISHED = [0.73, 0.74];

/** Of crossings that are off. */
const MOVING = 'Crossings move as sizes grow.';

const SOURCE = 'Šuntajs and Vidmar, PRL 129, 060602 (2022)';

/** Agrees only where the error tells the published range and 1/√2 apart. */
function judge(distance: number, other: number, error: number): Verdict {
  if (distance > 2 * error) return 'differs';
  return other > 2 * error ? 'agrees' : 'open';
}

/** How far a value is from the published range, and from what the theory of avalanches has. */
const fromPublished = (value: number) => Math.max(PUBLISHED[0] - value, value - PUBLISHED[1], 0);
const fromCritical = (value: number) => Math.abs(value - ALPHA_CRITICAL);

export function beyond({ sizes, dimensions, fewest, gapRatio, entropy, ends }: Findings): Finding[] {
  const many = fewest >= 200;
  const few = many
    ? undefined
    : `${fewest} realizations of the largest sun are few: docs/findings.md has more.`;
  const crossing = ({ crossings }: typeof entropy, name: string, what: string, which: number): Finding => {
    const small = which === 0 && crossings.length > 1;
    const { value, error } = crossings.at(which)!;
    const verdict = judge(fromPublished(value), fromCritical(value), error);
    const [lower, upper] = small ? sizes : sizes.slice(-2);
    return {
      id: `s1-${name}-${small ? 'small' : 'large'}`,
      source: SOURCE,
      question: `α at which ${what} of the two ${small ? 'smallest' : 'largest'} sizes cross`,
      predicted: `${PUBLISHED[0]} to ${PUBLISHED[1]}`,
      measured: `${show(value)} (L = ${lower} and ${upper})`,
      error: `${show(error, 2)}, jackknife over realizations`,
      values: { value, error },
      verdict: many ? verdict : 'open',
      note:
        few ??
        (verdict === 'differs'
          ? MOVING
          : verdict === 'open'
            ? 'Within two errors of 1/√2 as well.'
            : undefined),
    };
  };
  const quantities = [
    [entropy, 'entropy', '[S_end]'],
    [gapRatio, 'gap-ratio', 'gap ratios'],
  ] as const;
  const findings = quantities.flatMap(([list, name, what]) =>
    (list.crossings.length > 1 ? [0, -1] : [-1]).map((which) => crossing(list, name, what, which)),
  );
  const limit = ({ limit: found }: typeof entropy, id: string, what: string): Finding[] => {
    if (!found) return [];
    const { value, error } = found;
    const verdict = judge(fromCritical(value), fromPublished(value), error);
    const sizesReached = `${sizes.length} sizes up to D = ${dimensions.at(-1)} leave the form of the approach open.`;
    return [
      {
        id,
        source: 'avalanche theory, [CC22] Sec. IV',
        question: `critical α: crossings of ${what} extrapolated in 1/L`,
        predicted: '1/√2 = 0.7071',
        measured: show(value),
        error: `${show(error, 2)}, jackknife; the straight line is not in it`,
        values: { value, error },
        verdict: many ? verdict : 'open',
        note:
          few ?? (verdict === 'open' ? `Within two errors of 0.73 as well; ${sizesReached}` : sizesReached),
      },
    ];
  };
  findings.push(
    ...limit(entropy, 's1-critical', '[S_end]'),
    ...limit(gapRatio, 's1-critical-gap-ratio', 'gap ratios'),
  );
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
