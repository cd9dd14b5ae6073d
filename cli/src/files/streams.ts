// Standard output and standard error may break at any time: a reader that leaves, a disk that fills, a terminal that
// goes. Nothing that is computed or written elsewhere is lost by that, and the exit status stays that of the command.
// Output that could not be written makes it 1; a reader that has seen enough (`emft … | head`) does not.
import { closeSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { EmftError } from 'emft';
import { systemReason } from './fileError.js';
import { printable } from './printable.js';

/** What ended standard output, if anything did; from then on what is written there is dropped. */
let broken: NodeJS.ErrnoException | undefined;

/** The standard streams that were terminals in the beginning. */
const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));

/** Has to be called once, before anything is written. */
export function guardStreams(): void {
  writeWhole(process.stdout, 1);
  writeWhole(process.stderr, 2);
  process.stdout.on('error', (error) => {
    broken ??= error;
  });
  process.stderr.on('error', () => {});
  process.on('exit', closeLostTerminals);
}

/** At its end Node gives terminals their modes back, and aborts when one of them has gone: of a closed one it asks nothing. */
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
 * Node writes to files and devices with one system call, whose answer that it took less (the disk is nearly full) it does
 * not look at.
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

/** Writes on standard output at the pace at which it is read. */
export async function print(text: string): Promise<void> {
  if (broken || process.stdout.write(text)) return;
  // Called in the end also where the stream breaks, when there is no more `drain`.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
}

/** A line on standard error, whatever the names in it hold. */
export function note(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** Waits until standard output has taken everything; throws when it did not, and its reader had not seen enough. */
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
