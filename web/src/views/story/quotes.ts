// Numbers and verdicts as the words of the story quote them.
import { agrees, type Group, groupOf } from '../../../../cli/src/common/rules.js';
import { bits, formatNumber } from '../../parts/params.js';
import type { Quoted } from '../../parts/view.js';
import { crossing } from '../avalanche.js';
import type { Given } from './given.js';

export const num = (x: number): Quoted => ({ text: formatNumber(x), exact: x });
/** An entropy, in units of log 2 for the eye, in nats in full. */
export const nat = (x: number): Quoted => ({ text: formatNumber(bits(x)), exact: x });
export const runs = (avalanche: boolean): Quoted => ({
  text: avalanche ? 'runs' : 'fails',
  exact: Number(avalanche),
});
export const frontOf = (entropy: Float64Array): Quoted => {
  const at = crossing(entropy);
  return at === null ? { text: 'none', exact: -1 } : num(at);
};

/** Each group in words, at the place that is its number. */
const GROUPS: readonly Group[] = ['differs', 'reading', 'printed'];
const WORDS = { differs: 'differs', reading: 'agrees in the reading', printed: 'agrees as printed' } as const;

const verdict = (group: Group): Quoted => ({ text: WORDS[group], exact: GROUPS.indexOf(group) });

interface Elsewhere {
  /** Fitted to exact diagonalization of the grain as printed. */
  g10: number;
  /** The last W/t on the grid at which an avalanche runs. */
  threshold: number;
  hopping: number;
}

/** The verdicts of the table of claims, by the rules of the command's table, and how many there are of each. */
export function judged(r: Given['claims'], { g10, threshold, hopping }: Elsewhere): Record<string, Quoted> {
  const groups: Record<string, Group> = {
    front: groupOf(agrees.front(frontOf(r.end).exact), false),
    slope: groupOf(agrees.slope(r.slope), false),
    scaling: groupOf(agrees.scaling(r.folds), false),
    strong: groupOf(agrees.outcome(r.printed.avalanche, true), agrees.outcome(r.strong.avalanche, true)),
    weak: groupOf(agrees.outcome(r.printedWeak.avalanche, false), agrees.outcome(r.weak.avalanche, false)),
    threshold: groupOf(agrees.threshold(threshold), agrees.threshold(threshold * hopping)),
    coupling: groupOf(agrees.firstCoupling(g10), agrees.firstCoupling(r.g64)),
  };
  const all = Object.values(groups);
  const count = (group: Group) => num(all.filter((one) => one === group).length);
  return {
    ...Object.fromEntries(Object.entries(groups).map(([name, group]) => [`verdict-${name}`, verdict(group)])),
    'claims-count': num(all.length),
    'claims-as-printed': count('printed'),
    'claims-in-reading': count('reading'),
    'claims-differ': count('differs'),
  };
}
