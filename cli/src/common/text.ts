// Text from bytes in UTF-8, without its byte order mark; other encodings are recognized and refused by name.
import { InputError } from 'emft/check';

const marks: [name: string, ...bytes: number[]][] = [
  ['UTF-32', 0xff, 0xfe, 0x00, 0x00],
  ['UTF-32', 0x00, 0x00, 0xfe, 0xff],
  ['UTF-16', 0xff, 0xfe],
  ['UTF-16', 0xfe, 0xff],
];

/** Refuses text in an encoding other than UTF-8, as far as its first bytes show. */
export function checkEncoding(name: string, bytes: Uint8Array): void {
  const mark = marks.find(([, ...wanted]) => wanted.every((byte, i) => bytes[i] === byte));
  // Without a mark: two characters of ASCII in either byte order.
  const zeros = [0, 1, 2, 3].map((i) => (bytes[i] === 0 ? '0' : 'x')).join('');
  const encoding = mark?.[0] ?? (zeros === '0x0x' || zeros === 'x0x0' ? 'UTF-16' : undefined);
  if (encoding) throw new InputError(name, `is text in ${encoding}, expected UTF-8: save it as that`);
}

/** One character for each byte: for formats that are ASCII outside of their comments. */
export const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** The bytes after a byte order mark of UTF-8, or all. */
export function withoutMark<T extends Uint8Array>(bytes: T): T {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked ? (bytes.subarray(3) as T) : bytes;
}

export function decodeText(name: string, bytes: Uint8Array): string {
  checkEncoding(name, bytes);
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new InputError(name, `is not text: its byte ${zero}, counted from 0, is 0`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0].split('\n').length;
    throw new InputError(name, `line ${line}: is not text in UTF-8`);
  }
}

/** Deeper than anything that is expected; text that is nested far deeper takes memory without limit to parse. */
const DEEPEST = 64;

export function parseJson(name: string, text: string): unknown {
  if (depthOf(text) > DEEPEST) throw new InputError(name, `is nested deeper than ${DEEPEST} levels`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(name, `is not valid JSON: ${(error as Error).message}`);
  }
}

/** How deep brackets are nested outside of strings. */
function depthOf(text: string): number {
  let [depth, deepest, inString] = [0, 0, false];
  for (let i = 0; i < text.length; ++i) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) ++i;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x5d || c === 0x7d) --depth;
  }
  return deepest;
}

/** A piece of a file for a message, cut if it is long. */
export function quoted(text: string): string {
  return `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}'`;
}
