// Beyond the paper: the points and curves of Fig. 2(a) in the variable in which they collapse.
import type { Data, Profile } from '../figure.js';
import { data as endEntropy, type Findings } from '../figure2a/data.js';
import { grainEnsemble, grains } from '../grains.js';

/** Largest N of the quick profile: the collapse is seen in small chains already. */
const QUICK = 6;

function ensemble(profile: Profile, reading?: string) {
  const whole = grainEnsemble('2a', profile, reading);
  if (profile === 'paper') return whole;
  return Object.fromEntries(Object.entries(whole).filter(([n]) => Number(n) <= QUICK));
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
