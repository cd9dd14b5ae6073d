// Standard output and standard error may break at any time: a reader that leaves, a disk that fills, a terminal that
// goes. Nothing that is computed or written elsewhere is lost by that, and the exit status stays that of the command.
// Output that could not be written makes it 1; a reader that has seen enough (`emft … | head`) does not.
import { writeSync } from 'node:fs';
import { EmftError } from '../core/errors.js';
import { systemReason } from '../ensemble/fileError.js';
import { printable } from './printable.js';

/** What ended standard output, if anything did; from then on what is written there is dropped. */
let broken: NodeJS.ErrnoException | undefined;

/** Has to be called once, before anything is written. */
export function guardStreams(): void {
  writeWhole(process.stdout, 1);
  writeWhole(process.stderr, 2);
  process.stdout.on('error', (error) => {
    broken ??= error;
  });
  process.stderr.on('error', () => {});
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
  if (broken && broken.code !== 'EPIPE' && broken.code !== 'ECONNRESET') {
    throw new EmftError(`the output could not be written: ${systemReason(broken)}`);
  }
}
