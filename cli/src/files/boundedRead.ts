// Reads anything that a path may lead to: a file, a device that never ends, a FIFO, a file of /proc whose reported size
// is 0. Never reads more than a given number of bytes.
import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { InputError } from 'emft/check';

/** The most that Node reads at once, and that a Buffer holds in every version. */
const MOST_BYTES = 2 ** 31 - 1;

/** Bytes read at once. */
const PIECE = 2 ** 20;

export interface Bounds {
  /** Longer content is refused; MOST_BYTES at most. */
  limit?: number;
  /**
   * Checks the first bytes (all of them, if they are fewer than 64 KiB); may throw, or return a lower limit. If it
   * returns undefined, it is called again with twice as many bytes.
   */
  head?(bytes: Uint8Array): number | undefined;
  /** Called with a size before memory is allocated for it; may throw. */
  memory?(bytes: number): void;
}

const HEAD = 2 ** 16;

/** The bytes of a path; `name` stands for it in messages. Errors of the system are thrown unchanged. */
export async function readBounded(name: string, path: string, bounds: Bounds = {}): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const stats = await file.stat();
    async function* pieces(): AsyncGenerator<Uint8Array> {
      const size = stats.isFile() && stats.size > 0 ? stats.size + 1 : PIECE;
      const piece = Buffer.allocUnsafe(Math.min(PIECE, size));
      while (true) {
        const { bytesRead } = await file.read(piece, 0, piece.length, null);
        if (bytesRead === 0) return;
        yield piece.subarray(0, bytesRead);
      }
    }
    return await gather(name, pieces(), bounds, expectedSize(name, stats, bounds));
  } finally {
    await file.close();
  }
}

/** The size that a regular file has now. */
function expectedSize(name: string, stats: Stats, { limit = MOST_BYTES }: Bounds): number {
  if (!stats.isFile()) return 0;
  if (stats.size > limit)
    throw new InputError(name, `is ${stats.size} bytes long, more than the ${limit} allowed`);
  return stats.size;
}

/** Copies pieces one after the other; a piece may be overwritten once the next is requested. */
export async function gather(
  name: string,
  pieces: AsyncIterable<Uint8Array>,
  { limit = MOST_BYTES, head, memory }: Bounds,
  expected = 0,
): Promise<Buffer> {
  let most = limit;
  let next = head ? HEAD : Number.POSITIVE_INFINITY;
  let looked = false;
  memory?.(expected);
  let bytes = Buffer.allocUnsafe(Math.max(expected, HEAD));
  let length = 0;
  const look = () => {
    looked = true;
    const known = head!(bytes.subarray(0, length));
    next = known === undefined ? 2 * length : Number.POSITIVE_INFINITY;
    most = Math.min(most, known ?? most);
  };
  for await (const piece of pieces) {
    if (length + piece.length > most) throw tooMuch(name, most);
    if (length + piece.length > bytes.length) {
      const size = Math.min(Math.max(2 * bytes.length, length + piece.length), MOST_BYTES);
      memory?.(size);
      const larger = Buffer.allocUnsafe(size);
      bytes.copy(larger, 0, 0, length);
      bytes = larger;
    }
    bytes.set(piece, length);
    length += piece.length;
    if (length >= next) look();
    if (length > most) throw tooMuch(name, most);
  }
  if (head && !looked) look();
  return bytes.subarray(0, length);
}

function tooMuch(name: string, most: number): InputError {
  return new InputError(name, `gives more than the ${most} bytes allowed`);
}
