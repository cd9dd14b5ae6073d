// Before the tests of packages: both packed, and the library installed into an empty project, once for all files.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { install } from './installed.js';
import { type Packed, pack, root } from './packed.js';

interface PackedOnce {
  library: Packed;
  command: Packed;
  /** The project, and what npm said of the installation. */
  project: string;
  installed: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    packedOnce: PackedOnce;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'emft-packed-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const [library, command] = await Promise.all([pack(root, folder), pack(join(root, 'cli'), folder)]);
    const project = join(folder, 'project');
    const installed = await install(library.tarball, project);
    provide('packedOnce', { library, command, project, installed });
  } catch (error) {
    await remove();
    throw error;
  }
  return remove;
}
