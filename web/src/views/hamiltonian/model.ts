// A Hamiltonian of spins ½ as a text, which stands in the URL: terms separated by semicolons, each words*coefficient@places, as in
// xx,yy,zz*1@ring;z*~3@each. A coefficient ~W is drawn between −W and W for each place; places are chain, ring or each, with
// /d for sites d apart, or lists of sites, 0-1,2-3. The result is the model of an experiment file, with the same checks.
import { checkTerms, type SpinModel, type SpinTerms } from '../../../../cli/src/common/spinModel/model.js';

/** One row of the editor. */
export interface Row {
  words: string[];
  coefficient: number;
  /** Drawn between −coefficient and coefficient. */
  drawn: boolean;
  places: 'chain' | 'ring' | 'each' | number[][];
  distance: number;
}

/** Terms that a model may have here. */
const MOST_TERMS = 24;
const TERM = /^\s*([^*@]+)\*(~?)([^@]+)@(.+?)\s*$/;
const PLACES = /^(chain|ring|each)(?:\/(\d+))?$/;

class Unreadable extends Error {}

function rowOf(text: string, t: number): Row {
  const where = `term ${t + 1}, “${text.trim().slice(0, 60)}”`;
  const refuse = (why: string): never => {
    throw new Unreadable(`${where}: ${why}`);
  };
  const found = TERM.exec(text);
  if (!found) return refuse('expected words*coefficient@places, as in xx,yy,zz*1@ring.');
  const [, list, tilde, number, place] = found;
  const words = list.split(',').map((word) => word.trim());
  const wrong = words.find((word) => !/^[xyz+-]{1,8}$/.test(word));
  if (wrong !== undefined)
    refuse(`“${wrong}” is no product of x, y, z, + and −, one letter a site, at most eight.`);
  const coefficient = number.trim() === '' ? Number.NaN : Number(number);
  if (!Number.isFinite(coefficient)) refuse(`“${number}” is no number.`);
  const known = PLACES.exec(place);
  const common = { words, coefficient, drawn: tilde === '~' };
  if (known) {
    const distance = Number(known[2] ?? 1);
    if (distance < 1 || distance > 31) refuse(`sites are 1 to 31 apart, not ${known[2]}.`);
    return { ...common, places: known[1] as 'chain', distance };
  }
  if (!/^\d+(-\d+)*(,\d+(-\d+)*)*$/.test(place)) {
    refuse(`“${place}” is not chain, ring, each, or sites such as 0-1,2-3.`);
  }
  const places = place.split(',').map((sites) => sites.split('-').map(Number));
  return { ...common, places, distance: 1 };
}

/** The terms of a text; throws where it is none. */
export function rowsOf(text: string): Row[] {
  const parts = text.split(';').filter((part) => part.trim() !== '');
  if (parts.length === 0) throw new Unreadable('expected terms, as in xx,yy,zz*1@ring.');
  if (parts.length > MOST_TERMS) throw new Unreadable(`expected at most ${MOST_TERMS} terms.`);
  return parts.map(rowOf);
}

const placesText = ({ places, distance }: Row): string =>
  typeof places === 'string'
    ? `${places}${distance === 1 ? '' : `/${distance}`}`
    : places.map((sites) => sites.join('-')).join(',');

export const textOf = (rows: readonly Row[]): string =>
  rows
    .map((row) => `${row.words.join(',')}*${row.drawn ? '~' : ''}${row.coefficient}@${placesText(row)}`)
    .join(';');

/** The same as experiment files have it. */
export function modelOf(text: string): SpinModel {
  const terms = rowsOf(text).map(({ words, coefficient, drawn, places, distance }): SpinTerms => {
    const width = Math.abs(coefficient);
    return {
      op: words,
      sites: places,
      distance,
      coefficient: drawn ? { uniform: [0 - width, width], times: [] } : { value: coefficient, times: [] },
    };
  });
  return { terms };
}

/** What is wrong with a text, or null. */
export function problemOf(text: string): string | null {
  try {
    checkTerms(modelOf(text));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
