// Where the mean field of quantum suns departs from exact diagonalization.
import { show } from '../claim.js';
import { CLOSE, isClose, rms } from '../deviation.js';
import type { Finding } from '../finding.js';
import { type Findings, type SpinRow, SYMMETRIES } from './data.js';

const ENOUGH = 100;

const offOf = (r: SpinRow) => r.meanFieldBits - r.entropyBits;
const errorOf = (r: SpinRow) => Math.hypot(r.entropyError, r.meanFieldError);
const apart = (r: SpinRow) => !isClose(offOf(r), errorOf(r));

/** The spins of the suns of one size: the one that differs most, and how many differ. */
function entropies(kind: string, all: readonly SpinRow[], size: number): Finding {
  const rows = all.filter((r) => r.spins === size);
  const worst = rows.reduce((top, r) => (Math.abs(offOf(r)) > Math.abs(offOf(top)) ? r : top));
  const count = rows.filter(apart).length;
  const difference = rms(rows.map(offOf));
  return {
    id: `s2-entropies-${kind}-${size}`,
    source: '[CC22] (3), (11), (A13)',
    question: `[S_n]/log 2 of all spins, ${SYMMETRIES[kind]}, L = ${size}, against the mean field of measured bare couplings`,
    predicted: 'equal',
    measured: `rms difference ${show(difference, 2)}; largest ${show(offOf(worst), 2)} (mean field ${show(worst.meanFieldBits, 3)}) at α = ${worst.alpha}, n = ${worst.spin}; ${count} of ${rows.length} differ by more than ${CLOSE} and two errors`,
    error: `${show(errorOf(worst), 2)} there, ${worst.samples} realizations`,
    values: { rms: difference, largest: offOf(worst), apart: count },
    verdict: count === 0 ? (worst.samples < ENOUGH ? 'open' : 'agrees') : 'differs',
    note:
      count === 0
        ? worst.samples < ENOUGH
          ? 'Few realizations.'
          : undefined
        : 'A dot of eight states has few levels in resonance, against the dense spectrum that the theory assumes.',
  };
}

/** Ends beyond what counts as equal, though not by two errors more, and on which side of the mean field they are. */
function undecided(ends: readonly SpinRow[]): string | undefined {
  const beyond = ends.map(offOf).filter((off) => Math.abs(off) > CLOSE);
  if (beyond.length === 0) return undefined;
  const below = beyond.filter((off) => off > 0).length;
  const where = below === beyond.length ? 'all below' : below === 0 ? 'all above' : `${below} of them below`;
  return `At ${beyond.length} of ${ends.length} α it is off by ${show(Math.min(...beyond.map(Math.abs)), 1)} to ${show(Math.max(...beyond.map(Math.abs)), 1)}, ${where} the mean field, though none by two errors more than ${CLOSE}.`;
}

/** Up to which α the last spin of the largest sun has the entropy of the mean field. */
function parting(kind: string, all: readonly SpinRow[], size: number): Finding {
  const ends = all.filter((r) => r.spins === size && r.spin === size);
  const first = ends.find(apart);
  const few = ends[0].samples < ENOUGH;
  const largest = ends.reduce((top, r) => (Math.abs(offOf(r)) > Math.abs(offOf(top)) ? r : top));
  const beside = undecided(ends);
  const agreed = ends.filter((r) => !apart(r)).map((r) => r.alpha);
  return {
    id: `s2-parting-${kind}`,
    source: '[CC22] (11)',
    question: `α from which on [S_end] of ${SYMMETRIES[kind]}, L = ${size}, is off the mean field by more than ${CLOSE} and two errors`,
    predicted: 'none',
    measured: first
      ? `${first.alpha}: mean field ${show(first.meanFieldBits, 3)}, measured ${show(first.entropyBits, 3)}; alike at α = ${agreed.join(', ') || 'none'}`
      : `none up to ${ends.at(-1)!.alpha}; the largest difference is ${show(offOf(largest), 2)} at α = ${largest.alpha}`,
    error: first ? `${show(errorOf(first), 2)}` : `at most ${show(Math.max(...ends.map(errorOf)), 2)}`,
    values: first ? { alpha: first.alpha, off: offOf(first) } : {},
    verdict: first ? 'differs' : few || beside ? 'open' : 'agrees',
    note: first ? 'The grid of α is coarse.' : few ? 'Few realizations.' : beside,
  };
}

export function beyond({ sizes, rows }: Findings): Finding[] {
  return Object.entries(rows).flatMap(([kind, all]) => [
    ...sizes.map((size) => entropies(kind, all, size)),
    parting(kind, all, sizes.at(-1)!),
  ]);
}
