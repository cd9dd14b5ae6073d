// The ensemble behind a figure: how many realizations of each size. A run may take a part of the profile's: some of the
// sizes, or a share of the realizations. Realization k of a size is the same in a part and in the whole.
import { InputError } from 'emft/check';
import type { Ensemble, Figure, Profile } from './figure.js';

interface Part {
  /** Sizes to compute; by default those of the profile. */
  sizes?: readonly number[];
  /** Share of the profile's realizations of each size, in (0, 1]; at least as many are taken as standard errors need. */
  share?: number;
}

/** The ensemble of `figure` cut down to `part`; undefined when nothing is cut. Throws an InputError. */
export function partOf(
  figure: Figure,
  profile: Profile,
  { sizes, share }: Part,
  reading?: string,
): Ensemble | undefined {
  if (sizes === undefined && share === undefined) return undefined;
  const whole = figure.ensemble?.(profile, reading);
  if (!whole) {
    throw new InputError(
      sizes === undefined ? 'share' : 'sizes',
      `figure ${figure.id} has no ensemble of realizations to take a part of`,
    );
  }
  const known = Object.keys(whole).map(Number);
  for (const size of sizes ?? []) {
    if (!known.includes(size)) {
      throw new InputError('sizes', `expected some of ${known.join(', ')} (profile ${profile}), got ${size}`);
    }
  }
  const most = figure.sizesAtOnce ?? known.length;
  if (sizes && new Set(sizes).size > most) {
    throw new InputError('sizes', `figure ${figure.id} shows ${most} size, got ${sizes.join(', ')}`);
  }
  if (share !== undefined && !(share > 0 && share <= 1)) {
    throw new InputError('share', `expected a number > 0 and ≤ 1, got ${share}`);
  }
  const taken = sizes ?? (figure.sizesAtOnce ? known.slice(-figure.sizesAtOnce) : known);
  return Object.fromEntries(
    known
      .filter((size) => taken.includes(size))
      .map((size) => [
        size,
        Math.min(
          whole[size],
          Math.max(figure.fewestRealizations ?? 2, Math.ceil((share ?? 1) * whole[size])),
        ),
      ]),
  );
}
