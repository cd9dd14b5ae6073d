// What the theory says of late times, and what became of C(t).
import { show } from '../claim.js';
import { CLOSE, FEW, isClose, rms } from '../deviation.js';
import type { Finding } from '../finding.js';
import type { Findings, Plateau } from './data.js';
import { stillFalls } from './late.js';

/** What averages over all times and Czz of eigenstates may differ by: they are the same sums, but for rounding. */
const SAME_SUMS = 1e-10;

/** Plateaus of one size against the mean field; those that are not reached decide nothing. */
function against(all: readonly Plateau[], n: number, samples: number, exact: boolean, g10: number): Finding {
  const reached = all.filter((p) => exact || !stillFalls(p));
  const own = reached.length > 0 ? reached : all;
  const unreached = all.length - reached.length;
  const off = own.map(({ value, theory }) => value - theory);
  const worst = own.reduce((top, p) =>
    Math.abs(p.value - p.theory) > Math.abs(top.value - top.theory) ? p : top,
  );
  const error = rms(own.map((p) => p.error));
  const within = own.filter((p) => isClose(p.value - p.theory, p.error)).length;
  const agrees = within === own.length;
  const few = samples < FEW;
  const none = reached.length === 0;
  const rest = none ? '; all of them still fall' : unreached > 0 ? `; ${unreached} more still fall` : '';
  return {
    id: `t1-mean-field-${n}`,
    source: '[CC22] (A14)',
    question: `late C(t) of every l-bit, N = ${n}, against Czz of the mean field`,
    predicted: `Czz(g_n), g_1,0 = ${show(g10, 3)} from the entropies`,
    measured: `rms difference ${show(rms(off), 2)}, largest ${show(worst.value - worst.theory, 2)} (α = ${worst.alpha}, n = ${worst.spin}); ${within} of ${own.length} within ${CLOSE} and two errors${rest}`,
    error:
      samples > 1
        ? `${show(error, 2)}, standard error of ${samples} realizations`
        : 'unknown: one realization',
    values: { rms: rms(off), largest: worst.value - worst.theory, within, unreached },
    verdict: few || none ? 'open' : agrees ? 'agrees' : 'differs',
    note: few
      ? `${samples === 1 ? 'One realization is' : `${samples} realizations are`} few.`
      : none
        ? 'No plateau is reached.'
        : agrees
          ? undefined
          : `A grain of eight levels is far from the dense spectrum that the theory assumes${exact ? '' : ', and the time is finite'}.`,
  };
}

/** Whether late times are late enough: the two means of C(t) are of the same realizations, which differ more than they do. */
function window(exact: readonly Plateau[], samples: number, until: number): Finding {
  const differences = exact.map((p) => p.above);
  const above = rms(differences);
  const error = rms(exact.map((p) => p.aboveError));
  const few = samples < FEW;
  const equal = above < 2 * error;
  return {
    id: 't1-window',
    source: 'an identity for infinite times',
    question: `mean of C(t) over t = ${until / 2} to ${until} by random vectors against the average over all times`,
    predicted: 'equal when the time is long enough',
    measured: `rms difference ${show(above, 2)} over ${exact.length} l-bits, from ${show(Math.min(...differences), 2)} to ${show(Math.max(...differences), 2)}`,
    error: `${show(error, 2)}, standard error of differences of the same realizations, ${samples} of them`,
    values: { rms: above },
    verdict: few || !equal ? 'open' : 'agrees',
    note: few
      ? 'Few realizations.'
      : equal
        ? undefined
        : 'The times are not long enough: late values of larger systems may be off by as much, on either side.',
  };
}

export function beyond({ plateaus, apart, g10, sizes, until }: Findings): Finding[] {
  const exact = plateaus.filter((p) => sizes.find(({ n }) => n === p.n)!.exact);
  return [
    {
      id: 't1-exact',
      source: 'an identity, also with degenerate levels',
      question: 'average of C(t) over all times against Czz of eigenstates',
      predicted: 'equal',
      measured: `largest difference ${show(apart, 2)}`,
      error: 'rounding',
      values: { apart },
      verdict: apart < SAME_SUMS ? 'identity' : 'differs',
      note: apart < SAME_SUMS ? undefined : `More than ${SAME_SUMS}.`,
    },
    window(exact, Math.min(...sizes.filter((size) => size.exact).map(({ samples }) => samples)), until),
    ...sizes.map(({ n, samples, exact: whole }) =>
      against(
        plateaus.filter((p) => p.n === n),
        n,
        samples,
        whole,
        g10,
      ),
    ),
  ];
}
