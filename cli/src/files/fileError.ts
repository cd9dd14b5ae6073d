// Refusals of the operating system as sentences that name the file: users do not see the system's own codes.
import { join, resolve } from 'node:path';
import { EmftError, InputError } from 'emft/check';

/** A file or directory could not be read or written for a reason that lies outside this program. */
export class FileError extends EmftError {
  override name = 'FileError';
  readonly path: string;
  /** The code that Node gives: `ENOSPC`. */
  readonly code: string;

  constructor(path: string, message: string, code: string) {
    super(`${path}: ${message}`);
    this.path = path;
    this.code = code;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EBUSY: 'it is in use',
  EDQUOT: 'the disk quota is used up; make room',
  EEXIST: 'something of that name is there already',
  EFBIG: 'it is larger than the file system or the limits of this process allow',
  EIO: 'the device reports an input/output error; check the disk',
  EISDIR: 'it is a directory',
  ELOOP: 'it is a loop of links',
  EMFILE: 'this process has too many files open',
  EMLINK: 'it has too many links',
  ENAMETOOLONG: 'the name is too long for the file system',
  ENFILE: 'the system has too many files open',
  ENODEV: 'there is no such device',
  ENOENT: 'it does not exist',
  ENOMEM: 'the system has no memory left',
  ENOSPC: 'the disk is full; make room',
  ENOTDIR: 'a part of its path is not a directory',
  ENOTEMPTY: 'it is a directory that is not empty',
  ENXIO: 'there is no such device',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  ESTALE: 'the network file system has lost it',
  ETIMEDOUT: 'the file system does not answer',
  EXDEV: 'it lies on another file system',
};

/** The calls that Node's permission model (`--permission`) refuses, and the option that would allow each. */
const permissions: Readonly<Record<string, string>> = {
  FileSystemRead: '--allow-fs-read',
  FileSystemWrite: '--allow-fs-write',
  WorkerThreads: '--allow-worker',
  ChildProcess: '--allow-child-process',
};

const DENIED = 'ERR_ACCESS_DENIED';

/** The code of an error of a file-system call; undefined for any other value. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === DENIED) return code;
  // Node's messages are `CODE: description, call 'path'`.
  return typeof code === 'string' && message.startsWith(`${code}: `) ? code : undefined;
}

/** Why the system refused, in words. */
export function systemReason(error: Error): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === DENIED) {
    const option = permissions[(error as { permission?: string }).permission ?? ''];
    return `Node's permission model forbids it${option ? `: see ${option}` : ''}`;
  }
  return reasons[code] ?? /^\w+: (.*?), \w+( '|$)/.exec(error.message)?.[1] ?? 'the system gives no reason';
}

/**
 * An error of the operating system as a FileError, `PATH: cannot be DONE: reason`; any other error as it is.
 * `done` is a participle: read, written, made.
 */
export function fileError(error: unknown, path: string, done: string): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  return new FileError(path, `cannot be ${done}: ${systemReason(error as Error)}`, code);
}

/** Error codes that a wrong path causes. */
const MISNAMED = [
  DENIED,
  'EACCES',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOTDIR',
  'EPERM',
  'EROFS',
];

/** Whether Node's permission model lets this process make files in a directory; without the model, yes. */
export function mayMakeFiles(directory: string): boolean {
  const { permission } = process as { permission?: { has(scope: string, reference: string): boolean } };
  return permission?.has('fs.write', join(resolve(directory), '.emft')) ?? true;
}

/** The same for a path that the user gave: an InputError if another path would do. */
export function misnamed(error: unknown, path: string, done: string): unknown {
  const named = fileError(error, path, done);
  if (!(named instanceof FileError) || !MISNAMED.includes(named.code)) return named;
  return new InputError(path, `cannot be ${done}: ${systemReason(error as Error)}`);
}

/** Waits for a file-system call; its error is reported for `path`. */
export async function naming<T>(path: string, done: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw fileError(error, path, done);
  }
}
