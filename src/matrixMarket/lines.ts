// The lines of a text of any size, split into words: decoded a piece at a time, because a
// string holds far less than a file.
import { InputError } from '../wasm/errors.js';
import { latin1 } from './text.js';

export interface Line {
  /** The number of the line, counted from 1. */
  line: number;
  words: string[];
}

/** Bytes decoded at once, to the next end of a line. */
const PIECE = 2 ** 20;
/** A longer line is no line of text. */
const LONGEST = 2 ** 26;

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

/** Lines that are neither blank nor comments, which begin with `%`. Ends of lines are LF, CR LF or CR. */
export function* dataLines(name: string, bytes: Uint8Array): Generator<Line> {
  let line = 0;
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + PIECE, bytes.length);
    if (end < bytes.length) {
      const next = bytes.indexOf(10, end);
      end = next < 0 ? bytes.length : next + 1;
    }
    if (end - start > PIECE + LONGEST) {
      const before = bytes
        .subarray(start, start + PIECE)
        .reduce((count, byte) => count + Number(byte === 10), 0);
      throw new InputError(name, `line ${line + before + 1}: is longer than ${LONGEST} bytes`);
    }
    // Only comments hold anything but ASCII.
    const lines = latin1(bytes.subarray(start, end)).split(/\r\n?|\n/);
    if (lines.at(-1) === '') lines.pop();
    for (const text of lines) {
      line++;
      const words = wordsOf(text);
      if (words.length > 0 && !words[0].startsWith('%')) yield { line, words };
    }
    start = end;
  }
}
