// Whether this machine has the memory that a computation needs, checked before it begins.
import { freemem } from 'node:os';
import { MemoryError, mebibytes, wholeMebibytes } from 'emft/check';

/** Bytes that this process may take: free memory, within the limit of its container if there is one. */
function availableMemory(): number {
  // Without a limit Node gives 0 or a number beyond any memory.
  const limit = process.constrainedMemory?.() ?? 0;
  const rest = limit > 0 ? limit - process.memoryUsage.rss() : Number.POSITIVE_INFINITY;
  return Math.max(0, Math.min(freemem(), rest));
}

export function checkHostMemory(what: string, bytes: number, available = availableMemory()): void {
  if (bytes <= available) return;
  throw new MemoryError(
    bytes,
    `${what} needs ${mebibytes(bytes)} MiB of memory, ${wholeMebibytes(available)} MiB are available`,
    available,
  );
}
