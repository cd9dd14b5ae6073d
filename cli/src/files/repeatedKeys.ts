// Whether a JSON text gives a key twice in one object. JSON.parse takes the last, other readers the first: a text in which
// both are there says two things.

/** A string; what makes it a key is the colon. Texts that JSON.parse has read close each of theirs. */
const STRING = /"(?:[^"\\]+|\\.)*"\s*(:?)/g;

/** `value` is what JSON.parse made of `text`. */
export function repeatsKey(text: string, value: unknown): boolean {
  let keys = 0;
  for (const [, colon] of text.matchAll(STRING)) if (colon) keys++;
  return keys !== keysIn(value);
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const parts = Object.values(value);
  return parts.reduce((sum: number, part) => sum + keysIn(part), Array.isArray(value) ? 0 : parts.length);
}
