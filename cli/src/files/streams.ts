// Standard output and standard error may break at any time: a reader that leaves, a disk that fills, a terminal that
// closes. That loses nothing that is computed or written elsewhere, and the exit status stays that of the command. It
// becomes 1 if output could not be written; a reader that has seen enough (`emft … | head`) does not change it.
import { closeSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { EmftError } from 'emft/check';
import { systemReason } from './fileError.js';
import { printable } from './printable.js';

/** The error that ended standard output, if any; later output is dropped. */
let broken: NodeJS.ErrnoException | undefined;

/** The standard streams that were terminals at the start. */
const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));

/** Must be called once, before anything is written. */
export function guardStreams(): void {
  writeWhole(process.stdout, 1);
  writeWhole(process.stderr, 2);
  process.stdout.on('error', (error) => {
    broken ??= error;
  });
  process.stderr.on('error', () => {});
  process.on('exit', closeLostTerminals);
}

/** At its end Node restores the modes of terminals, and aborts if one of them is gone; it skips one that is closed. */
function closeLostTerminals(): void {
  for (const descriptor of terminals) {
    try {
      if (!isatty(descriptor)) closeSync(descriptor);
    } catch {
      // Closed already.
    }
  }
}

/**
 * Node writes to files and devices with one system call, and does not notice when the call takes only a
 * part (the disk is nearly full).
 */
function writeWhole(stream: NodeJS.WriteStream, descriptor: number): void {
  if ('_handle' in stream) return;
  stream._write = (chunk: Uint8Array, _encoding, done) => {
    try {
      for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
    } catch (error) {
      return done(error as Error);
    }
    done();
  };
}

/** Writes to standard output at the pace of its reader. */
export async function print(text: string): Promise<void> {
  if (broken || process.stdout.write(text)) return;
  // Its callback is also called when the stream breaks and no `drain` follows.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
}

/** A line on standard error, whatever characters the names in it contain. */
export function note(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** Waits until standard output has taken everything; throws if it did not, unless its reader had seen enough. */
export async function settleOutput(): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  if (broken && !hasLeft(broken)) {
    throw new EmftError(`the output could not be written: ${systemReason(broken)}`);
  }
}

/** Whether the reader of standard output is gone: the other end of a pipe, or a terminal that was closed. */
function hasLeft({ code = '' }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ECONNRESET' || (code === 'EIO' && terminals.includes(1) && !isatty(1));
}
