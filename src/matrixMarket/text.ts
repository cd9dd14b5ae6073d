// Bytes of text: its encoding, its byte order mark, and pieces of it for messages.
import { InputError } from '../wasm/errors.js';

const marks: [name: string, ...bytes: number[]][] = [
  ['UTF-32', 0xff, 0xfe, 0x00, 0x00],
  ['UTF-32', 0x00, 0x00, 0xfe, 0xff],
  ['UTF-16', 0xff, 0xfe],
  ['UTF-16', 0xfe, 0xff],
];

/**
 * Refuses text in an encoding other than UTF-8, as far as its first bytes show.
 *
 * @param name - What stands for the text in messages.
 * @param bytes - Its bytes.
 * @returns Nothing.
 * @throws InputError that names the encoding.
 */
export function checkEncoding(name: string, bytes: Uint8Array): void {
  const mark = marks.find(([, ...wanted]) => wanted.every((byte, i) => bytes[i] === byte));
  // Without a mark: two characters of ASCII in either byte order.
  const zeros = [0, 1, 2, 3].map((i) => (bytes[i] === 0 ? '0' : 'x')).join('');
  const encoding = mark?.[0] ?? (zeros === '0x0x' || zeros === 'x0x0' ? 'UTF-16' : undefined);
  if (encoding) throw new InputError(name, `is text in ${encoding}, expected UTF-8: save it as that`);
}

/**
 * One character for each byte: for formats that are ASCII outside of their comments.
 *
 * @param bytes - The bytes.
 * @returns As many characters.
 * @throws Nothing.
 */
export const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/**
 * The bytes after a byte order mark of UTF-8, or all.
 *
 * @param bytes - Bytes of a text.
 * @returns A view of them.
 * @throws Nothing.
 */
export function withoutMark<T extends Uint8Array>(bytes: T): T {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked ? (bytes.subarray(3) as T) : bytes;
}

/**
 * A piece of a file for a message.
 *
 * @param text - Any.
 * @returns It in quotation marks, cut if it is long.
 * @throws Nothing.
 */
export function quoted(text: string): string {
  return `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}'`;
}
