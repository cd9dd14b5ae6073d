// Which states vectors are written in: a sector of spins ½, and whether two are the same.
import { magnitude } from '../wasm/magnitude.js';
import { CHARACTER_ERROR, type Element, identityOf, keyOf } from './group.js';

/** A sector; `down` is −1 where the number of down spins is not fixed. */
export interface Sector {
  sites: number;
  down: number;
  elements: readonly Element[];
}

/** All configurations of that many sites. */
export function wholeSpace(sites: number): Sector {
  return { sites, down: -1, elements: [identityOf(sites)] };
}

/** Whether vectors of both are written in the same states. */
export function isSameSector(a: Sector, b: Sector): boolean {
  if (a === b) return true;
  if (a.sites !== b.sites || a.down !== b.down || a.elements.length !== b.elements.length) return false;
  const keyed = new Map(b.elements.map((element) => [keyOf(element), element.character]));
  return a.elements.every((element) => {
    const other = keyed.get(keyOf(element));
    if (!other) return false;
    const [re, im] = element.character;
    return magnitude(re - other[0], im - other[1]) <= CHARACTER_ERROR;
  });
}

function shown({ sites, down, elements }: Sector): string {
  const up = down < 0 ? 'any number of up spins' : `${sites - down} of them up`;
  return `${sites} sites, ${up}, ${elements.length > 1 ? `${elements.length} symmetries` : 'no symmetries'}`;
}

/** What is said of `things` of another sector than the one that is expected. */
export function otherSector(things: string, expected: Sector, got: Sector): string {
  const [own, its] = [shown(expected), shown(got)];
  const difference = own === its ? 'other characters' : its;
  return `expected ${things} in the same sector (${own}), got another: ${difference}`;
}
