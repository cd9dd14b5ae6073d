// Whether a request accepts gzip, no encoding at all, or both, by its Accept-Encoding (RFC 9110, 12.5.3).

/** A coding and its weight; without a weight it is 1. */
const ELEMENT = /^([!#$%&'*+.^_`|~\w-]+)(?:\s*;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

/**
 * The better of the two, or null where the request refuses both. Without the header, or with an empty one, identity;
 * gzip where both weigh the same. Elements that are not well formed are passed over.
 */
export function chooseEncoding(header: string | undefined): 'gzip' | 'identity' | null {
  const weights = new Map<string, number>();
  for (const element of (header ?? '').split(',')) {
    const [, coding, weight] = ELEMENT.exec(element.trim()) ?? [];
    if (coding) weights.set(coding.toLowerCase().replace(/^x-gzip$/, 'gzip'), Number(weight ?? 1));
  }
  const others = weights.get('*');
  const gzip = weights.get('gzip') ?? others ?? 0;
  // Identity is acceptable unless it is excluded, but less than anything that is named.
  const identity = weights.get('identity') ?? others ?? Number.MIN_VALUE;
  if (gzip === 0 && identity === 0) return null;
  return gzip >= identity ? 'gzip' : 'identity';
}
