// Beyond the paper: the points and curves of Fig. 2(a) in the variable in which they collapse.
import * as v from 'valibot';
import { count, gridOf } from '../example.js';
import type { Data, Profile } from '../figure.js';
import { data as endEntropy, type Findings } from '../figure2a/data.js';
import { grainEnsemble, grains } from '../grains.js';

/** The largest N; all those of Fig. 2(a) where the file names none. */
const grid = gridOf('c1', v.strictObject({ longest: v.optional(count) }));

function ensemble(profile: Profile, reading?: string) {
  const whole = grainEnsemble('2a', profile, reading);
  const { longest = Number.POSITIVE_INFINITY } = grid(profile);
  return Object.fromEntries(Object.entries(whole).filter(([n]) => Number(n) <= longest));
}

export const data: Data<Findings> = {
  title: 'Test C: entropy of the last l-bit against the distance to the critical point',
  readings: grains,
  ensemble,
  compute: (context, reading) =>
    endEntropy.compute(
      { ...context, ensemble: context.ensemble ?? ensemble(context.profile, reading?.name) },
      reading,
    ),
  findings: endEntropy.findings,
};
