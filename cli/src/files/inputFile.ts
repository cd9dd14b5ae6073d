// Reads files that the user names, `-` being standard input: every failure is bad input and
// names the file and the reason.
import { fstatSync } from 'node:fs';
import { InputError } from 'emft/check';
import { decodeText } from '../common/text.js';
import { type Bounds, gather, readBounded } from './boundedRead.js';
import { systemCode, systemReason } from './fileError.js';
import { checkHostMemory } from './hostMemory.js';

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist: a part of its path is not a directory',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EISDIR: 'is a directory, expected a file',
  ELOOP: 'is a loop of links',
  ENAMETOOLONG: 'does not exist: the name is too long for the file system',
  ENXIO: 'is a socket or a device that is not there, expected a file',
};

/** Bytes that are read beyond the length that a header gives, so that the parser can say what they are. */
export const BEYOND_LENGTH = 2 ** 16;

/** The name of a file in messages. */
export function inputName(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** Reads a whole file, FIFO or device, within bounds. */
export async function readInput(path: string, bounds: Bounds = {}): Promise<Buffer> {
  const name = inputName(path);
  if (path === '') throw new InputError('file', "expected the name of a file, got ''");
  const memory = (bytes: number) => checkHostMemory(`${name}: reading it`, bytes);
  try {
    return path === '-'
      ? await gather(name, standardInput(), { ...bounds, memory })
      : await readBounded(name, path, { ...bounds, memory });
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new InputError(name, reasons[code] ?? `cannot be read: ${systemReason(error as Error)}`);
  }
}

/** Standard input; if it is a directory, Node reads nothing from it instead of failing, so this throws. */
function standardInput(): AsyncIterable<Uint8Array> {
  if (fstatSync(0).isDirectory()) throw new InputError('standard input', reasons.EISDIR);
  return process.stdin;
}

/** Most bytes of a text: far more than any list that a person or a program makes, and within what a string holds. */
const MOST_TEXT = 2 ** 28;

/** Reads a file of text in UTF-8, with or without a byte order mark. */
export async function readText(path: string, limit = MOST_TEXT): Promise<string> {
  return decodeText(inputName(path), await readInput(path, { limit }));
}
