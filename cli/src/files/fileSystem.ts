// The calls that read and write results, as one object: tests make any single call fail.
import type { Dirent, Stats } from 'node:fs';
import {
  access,
  appendFile,
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';

export interface FileSystem {
  open(path: string, flags: string, mode?: number): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes one level; `makeDirectories` makes several. */
  mkdir(path: string): Promise<unknown>;
  readdir(path: string, options: { withFileTypes: true }): Promise<Dirent[]>;
  readFile(path: string): Promise<Buffer>;
  /** Follows links. */
  stat(path: string): Promise<Stats>;
  lstat(path: string): Promise<Stats>;
  realpath(path: string): Promise<string>;
  access(path: string, mode: number): Promise<void>;
  chmod(path: string, mode: number): Promise<void>;
  chown(path: string, uid: number, gid: number): Promise<void>;
  appendFile(path: string, text: string): Promise<void>;
}

export interface OpenFile {
  write(data: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  open,
  rename,
  link,
  unlink,
  mkdir,
  readdir,
  readFile,
  stat,
  lstat,
  realpath,
  access,
  chmod,
  chown,
  appendFile,
};
