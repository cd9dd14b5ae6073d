// Which of the encodings that there are a request takes, by its Accept-Encoding (RFC 9110, 12.5.3).

export type Encoding = 'br' | 'gzip' | 'identity';

/** A coding and its weight; without a weight it is 1. */
const ELEMENT = /^([!#$%&'*+.^_`|~\w-]+)(?:\s*;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

/**
 * The best of them, or null where the request refuses all. Without the header, or with an empty one, identity; of equal weights
 * the shortest: brotli, which is taken where it is named, before gzip. Elements that are not well formed are passed over.
 */
export function chooseEncoding(header: string | undefined): Encoding | null {
  const weights = new Map<string, number>();
  for (const element of (header ?? '').split(',')) {
    const [, coding, weight] = ELEMENT.exec(element.trim()) ?? [];
    if (coding) weights.set(coding.toLowerCase().replace(/^x-gzip$/, 'gzip'), Number(weight ?? 1));
  }
  const others = weights.get('*');
  const br = weights.get('br') ?? 0;
  const gzip = weights.get('gzip') ?? others ?? 0;
  // Identity is acceptable unless it is excluded, but less than anything that is named.
  const identity = weights.get('identity') ?? others ?? Number.MIN_VALUE;
  const best = Math.max(br, gzip, identity);
  if (best === 0) return null;
  if (br === best) return 'br';
  return gzip === best ? 'gzip' : 'identity';
}
