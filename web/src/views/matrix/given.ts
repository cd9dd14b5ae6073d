// Matrices that somebody gave: short texts stand in the URL, everything else is kept in this tab under a name made of its content.
export interface Given {
  name: string;
  bytes: Uint8Array;
}

/** Characters of a matrix that are still put into a URL. */
export const LONGEST_IN_URL = 1500;
const KEPT_NAME = /^kept-[0-9a-f]{8}-\d+$/;

const kept = new Map<string, Given>();

/** FNV-1a over the bytes. */
function digest(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Keeps a matrix; returns what stands for it. */
export function keep(given: Given): string {
  const key = `kept-${digest(given.bytes)}-${given.bytes.length}`;
  kept.set(key, given);
  return key;
}

/** What a text of the URL stands for. */
export function givenBy(text: string): Given {
  return kept.get(text) ?? { name: 'your matrix', bytes: new TextEncoder().encode(text) };
}

/** The name of a file that is kept, and null of text. */
export const keptName = (text: string): string | null => kept.get(text)?.name ?? null;

/** Why a text cannot be a matrix, as far as a look at it tells; the rest is said by the one who reads it. */
export function problemOf(text: string): string | null {
  if (KEPT_NAME.test(text)) {
    return kept.has(text)
      ? null
      : 'that matrix is too long for a link, and this tab does not have it: paste or open it again.';
  }
  const numbers = text.match(/\d/g)?.length ?? 0;
  if (numbers >= 1 && /^\s*\[\s*\[/.test(text)) return null;
  const words = text.trim().split(/[\s,;]+/);
  if (numbers > 0 && (words.length > 1 || Number.isFinite(Number(text)))) return null;
  return 'expected the rows of a matrix, as in [[2, 1], [1, 2]], or “2 1; 1 2”.';
}
