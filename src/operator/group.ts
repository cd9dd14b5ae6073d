// Groups of permutations of sites, with or without a flip of all spins, and one-dimensional representations of them.
import {
  ELEMENT_BYTES,
  ELEMENT_FLIP,
  ELEMENT_HEAD,
  ELEMENT_IM,
  ELEMENT_RE,
  ELEMENT_TABLE,
} from '../wasm/constants.js';
import { InputError } from '../wasm/errors.js';
import { magnitude } from '../wasm/magnitude.js';
import { type Complex, nearestRoot } from './rootOfUnity.js';

/** A permutation of sites, whether all spins are turned over, and its character. */
export interface Element {
  permutation: number[];
  flip: boolean;
  character: Complex;
}

/** Elements of a group: their tables take 4 KiB each. */
const MOST_ELEMENTS = 4096;
/** How far the character of a product of two elements may be from the product of their characters. */
export const CHARACTER_ERROR = 1e-9;

export function identityOf(sites: number): Element {
  return { permutation: Array.from({ length: sites }, (_, i) => i), flip: false, character: [1, 0] };
}

/** All products of the generators, the identity first. */
export function generate(sites: number, generators: readonly Element[]): Element[] {
  const exact = generators.map((g) => ({ ...g, character: exactCharacter(g) }));
  const identity = identityOf(sites);
  const known = new Map([[keyOf(identity), identity]]);
  const elements = [identity];
  for (let k = 0; k < elements.length; ++k) {
    for (const [i, generator] of exact.entries()) {
      const next = after(generator, elements[k]);
      const before = known.get(keyOf(next));
      if (before) {
        if (distance(before.character, next.character) <= CHARACTER_ERROR) continue;
        throw new InputError(
          ['options', 'sector', 'symmetries', i, 'character'],
          `the characters contradict one another: one element of the group gets both ${shown(before.character)} and ${shown(next.character)}${hint(exact)}`,
        );
      }
      if (elements.length === MOST_ELEMENTS) {
        throw new InputError(
          ['options', 'sector', 'symmetries'],
          `generate a group of more than ${MOST_ELEMENTS} elements, which is the most that there may be`,
        );
      }
      known.set(keyOf(next), next);
      elements.push(next);
    }
  }
  return elements;
}

/** Of a translation and a reflection, which turns momentum k into −k. */
function hint(generators: readonly Element[]): string {
  for (const [i, one] of generators.entries()) {
    for (const [j, other] of generators.entries()) {
      if (i === j || orderOf(other) > 2 || Math.abs(one.character[1]) <= CHARACTER_ERROR) continue;
      const back = after(other, after(one, other));
      const inverse = after(back, one).permutation.every((to, site) => to === site);
      if (!inverse) continue;
      const allowed = orderOf(one) % 2 === 0 ? '1 or −1 (momentum 0 or half of the sites)' : '1 (momentum 0)';
      return `; symmetry ${j} turns symmetry ${i} into its inverse, so beside it expected a character ${allowed} of symmetry ${i}`;
    }
  }
  return '';
}

export function keyOf({ permutation, flip }: Element): string {
  return `${flip} ${permutation.join(' ')}`;
}

/** First `element`, then `generator`. */
function after(generator: Element, element: Element): Element {
  const [a, b] = generator.character;
  const [c, d] = element.character;
  return {
    permutation: element.permutation.map((i) => generator.permutation[i]),
    flip: generator.flip !== element.flip,
    character: [a * c - b * d, a * d + b * c],
  };
}

/** The root of unity that a character stands for: raised to the order of its element it is 1. */
function exactCharacter(element: Element): Complex {
  return nearestRoot(element.character, orderOf(element));
}

/** The order of an element: its least power that is the identity. */
export function orderOf({ permutation, flip }: Element): number {
  let order = flip ? 2 : 1;
  const seen = new Set<number>();
  for (const first of permutation) {
    let length = 0;
    for (let i = first; !seen.has(i); i = permutation[i]) {
      seen.add(i);
      length++;
    }
    if (length > 0) order = (order * length) / gcd(order, length);
  }
  return order;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** How far a character is from a root of unity of the order of its element. */
export function offRoot(element: Element): number {
  return distance(element.character, exactCharacter(element));
}

function distance([a, b]: Complex, [c, d]: Complex): number {
  return magnitude(a - c, b - d);
}

function shown([re, im]: Complex): string {
  return `[${Number(re.toPrecision(6))}, ${Number(im.toPrecision(6))}]`;
}

/**
 * The group in memory: for each element whether it flips, its character, and for each byte of a configuration and each of its
 * values where the bits go.
 */
export function elementTables(elements: readonly Element[], sites: number): ArrayBuffer {
  const buffer = new ArrayBuffer(ELEMENT_BYTES * elements.length);
  const all = sites === 32 ? 0xffffffff : 2 ** sites - 1;
  elements.forEach(({ permutation, flip, character }, g) => {
    const at = new DataView(buffer, ELEMENT_BYTES * g, ELEMENT_BYTES);
    at.setUint32(ELEMENT_FLIP, flip ? all : 0, true);
    at.setFloat64(ELEMENT_RE, character[0], true);
    at.setFloat64(ELEMENT_IM, character[1], true);
    for (let byte = 0; byte < 4; ++byte) {
      const images = new Uint32Array(buffer, ELEMENT_BYTES * g + ELEMENT_HEAD + ELEMENT_TABLE * byte, 256);
      // The image of its lowest bit, and of the others, which have been found.
      for (let value = 1; value < 256; ++value) {
        const bit = 31 - Math.clz32(value & -value);
        const site = 8 * byte + bit;
        images[value] = images[value & (value - 1)] | (site < sites ? 1 << permutation[site] : 0);
      }
    }
  });
  return buffer;
}
