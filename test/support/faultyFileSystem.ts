// A file system any single call of which fails, for tests of what survives. Every method of the real one is wrapped,
// whichever it has.
import { type FileSystem, nodeFileSystem, type OpenFile } from '../../cli/src/files/fileSystem.js';

/** A method of FileSystem or OpenFile: `open`, `rename`, `write`, `sync`, … */
export type Call = keyof FileSystem | keyof OpenFile;

export interface FaultyFileSystem extends FileSystem {
  /** Calls made so far, by kind. */
  readonly calls: Record<Call, number>;
}

const descriptions: Record<string, string> = {
  EIO: 'i/o error',
  ENOSPC: 'no space left on device',
  EACCES: 'permission denied',
  ENOENT: 'no such file or directory',
  EPERM: 'operation not permitted',
  EEXIST: 'file already exists',
  ENOTSUP: 'operation not supported on socket',
  EOPNOTSUPP: 'operation not supported on socket',
  ENOSYS: 'function not implemented',
};

/** As Node throws it. */
export function systemError(code: string, syscall: string, path?: string): Error {
  const message = `${code}: ${descriptions[code]}, ${syscall}${path === undefined ? '' : ` '${path}'`}`;
  return Object.assign(new Error(message), { code, syscall, errno: -1, ...(path !== undefined && { path }) });
}

type Method = (...args: unknown[]) => Promise<unknown>;

/**
 * `fails(call, number)` tells whether the number-th call (from 1) of that kind throws, and with which code (`true`:
 * ENOSPC); a failing write has put half of its bytes on disk. Writes take at most `piece` bytes at a time.
 */
export function faultyFileSystem(
  fails: (call: Call, number: number) => boolean | string,
  piece = Number.POSITIVE_INFINITY,
): FaultyFileSystem {
  const calls = new Proxy({} as Record<Call, number>, {
    get: (counts, call: Call) => Reflect.get(counts, call) ?? 0,
  });
  const check = (call: Call, path?: unknown) => {
    const code = fails(call, ++calls[call]);
    if (code) throw systemError(code === true ? 'ENOSPC' : code, call, path as string | undefined);
  };
  const wrap = (file: OpenFile): OpenFile => ({
    async write(data, offset, length) {
      try {
        check('write');
      } catch (error) {
        if (length > 1) await file.write(data, offset, length >> 1);
        throw error;
      }
      return file.write(data, offset, Math.min(length, piece));
    },
    async sync() {
      check('sync');
      return file.sync();
    },
    async close() {
      await file.close();
      check('close');
    },
  });
  const wrapped = Object.entries(nodeFileSystem).map(([call, method]) => [
    call,
    async (...args: unknown[]) => {
      check(call as Call, args[0]);
      const answer = await (method as Method)(...args);
      return call === 'open' ? wrap(answer as OpenFile) : answer;
    },
  ]);
  return Object.assign(Object.fromEntries(wrapped), { calls });
}
