// What the section [model] of experiment files of spins ½ says: terms, whose coefficients are numbers, parameters of the
// sweep, or drawn.
import { InputError } from 'emft/check';

/** A number, or real and imaginary part. */
type Value = number | [re: number, im: number];

/** One of value, uniform and normal, the last two drawn, × the parameters named in `times`. */
export interface Coefficient {
  value?: Value;
  uniform?: [from: number, to: number];
  normal?: [mean: number, deviation: number];
  times: string[];
}

/** A permutation of sites, a flip of all spins, or both, and the number by which it multiplies the states of the sector. */
export interface ModelSymmetry {
  /** Site i goes to `permutation[i]`. */
  permutation?: number[];
  flip: boolean;
  /** ±1 or a complex number of modulus 1; or a parameter. */
  character?: Value | string;
  /** In its place k of the character e^{2πik/m}, m the order of the symmetry; or a parameter. */
  momentum?: number | string;
}

/** The sum over products of spin operators on sites, one of each word of `op`, all with one coefficient. */
export interface SpinTerms {
  /** What its draws are keyed by, in place of its words. */
  name?: string;
  op: string[];
  /** All runs of as many sites as a word has letters, `distance` apart; or lists of sites. */
  sites: 'each' | 'chain' | 'ring' | number[][];
  distance: number;
  coefficient: Coefficient;
}

export interface SpinModel {
  terms: SpinTerms[];
  /** Generators of a group. */
  symmetries?: ModelSymmetry[];
}

/** Throws for a symmetry that is none of any number of sites. */
export function checkSymmetries({ symmetries = [] }: SpinModel): void {
  symmetries.forEach(({ permutation, flip, character, momentum }, s) => {
    const name = ['model', 'symmetries', s];
    if (permutation === undefined && !flip)
      throw new InputError(name, 'expected a permutation of the sites, or flip = true, or both');
    if ((character === undefined) === (momentum === undefined))
      throw new InputError(name, 'expected either character or momentum, by which it multiplies states');
    const others = permutation?.filter((site) => site >= permutation.length) ?? [];
    if (permutation && (others.length > 0 || new Set(permutation).size !== permutation.length)) {
      throw new InputError(
        [...name, 'permutation'],
        `expected each of the sites 0 … ${permutation.length - 1} once, to which sites 0, 1, … go`,
      );
    }
  });
}

/** Throws where letters and sites of a term do not fit together, whatever the number of sites. */
export function checkTerms({ terms: list }: SpinModel): void {
  list.forEach(({ op, sites }, t) => {
    const [first, ...others] = op;
    const other = others.find((one) => one.length !== first.length);
    if (other !== undefined) {
      throw new InputError(
        ['model', 'terms', t, 'op'],
        `expected words of one length, got '${first}' and '${other}'`,
      );
    }
    if (sites === 'each' && first.length !== 1) {
      throw new InputError(
        ['model', 'terms', t, 'sites'],
        `'each' is for words of one letter, '${first}' has ${first.length}: 'chain' or 'ring'`,
      );
    }
    if (typeof sites === 'string') return;
    const wrong = sites.findIndex((one) => one.length !== first.length);
    if (wrong < 0) return;
    throw new InputError(
      ['model', 'terms', t, 'sites', wrong],
      `expected ${first.length}, a site for each letter of '${first}', got ${sites[wrong].length}`,
    );
  });
}
