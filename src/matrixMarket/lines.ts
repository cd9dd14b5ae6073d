// The lines of a text of any size, split into words: decoded a piece at a time, because a
// string holds far less than a file.
import { InputError } from '../wasm/errors.js';
import { latin1 } from './text.js';
import { PIECE } from './tuning.js';

export interface Line {
  /** The number of the line, counted from 1. */
  line: number;
  words: string[];
}

/** Bytes of a line, at most. A bound on memory: what has no end of a line for 64 MiB is no text, and is not decoded to find out. */
const LONGEST_LINE = 2 ** 26;

/** Pieces between white space: two thirds of the time of split(/\s+/), which most of the reading would be. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let k = 0; k < text.length; ++k) {
    const c = text.charCodeAt(k);
    const blank = c === 32 || (c >= 9 && c <= 13) || c === 160;
    if (blank && start >= 0) {
      words.push(text.slice(start, k));
      start = -1;
    } else if (!blank && start < 0) start = k;
  }
  if (start >= 0) words.push(text.slice(start));
  return words;
}

const [LF, CR] = [10, 13];
const ENDS = /\r\n?|\n/;

/** Behind the first end of a line from `from` on; the end of the bytes where there is none, `most` where it is too far away. */
function lineEnd(bytes: Uint8Array, from: number, most: number): number {
  let end = from;
  while (end < most && bytes[end] !== LF && bytes[end] !== CR) ++end;
  if (end === most) return most;
  return bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
}

/** Lines that are neither blank nor comments, which begin with `%`. Ends of lines are LF, CR LF or CR. */
export function* dataLines(name: string, bytes: Uint8Array): Generator<Line> {
  let line = 0;
  for (let start = 0; start < bytes.length; ) {
    const most = Math.min(start + PIECE + LONGEST_LINE, bytes.length);
    const end = lineEnd(bytes, Math.min(start + PIECE, bytes.length), most);
    if (end === start + PIECE + LONGEST_LINE && end < bytes.length) {
      const before = latin1(bytes.subarray(start, start + PIECE)).split(ENDS).length;
      throw new InputError(name, `line ${line + before}: is longer than ${LONGEST_LINE} bytes`);
    }
    // Only comments hold anything but ASCII.
    const lines = latin1(bytes.subarray(start, end)).split(ENDS);
    if (lines.at(-1) === '') lines.pop();
    for (const text of lines) {
      line++;
      const words = wordsOf(text);
      if (words.length > 0 && !words[0].startsWith('%')) yield { line, words };
    }
    start = end;
  }
}
