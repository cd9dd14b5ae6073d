// Whether a JSON text gives a key twice in one object. JSON.parse takes the last value, other readers the first:
// such a text has two meanings.

/** A string, which is a key if a colon follows. In a text that JSON.parse has read every string is closed. */
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
