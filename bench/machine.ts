// What the figures were measured on.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { type Caches, caches } from './caches.js';
import { type Width, widthOfMachine } from './native/kernels.js';

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/** What the processor can do, by its own words. */
function flags(): string {
  const linux = /^flags\s*:(.*)$/m.exec(text('/proc/cpuinfo'))?.[1];
  if (linux !== undefined) return linux;
  try {
    const names = ['machdep.cpu.features', 'machdep.cpu.leaf7_features'];
    return execFileSync('sysctl', ['-n', ...names], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

export interface Machine {
  cpu: string;
  /** Widest instructions. */
  width: Width | null;
  cores: number;
  megahertz: number;
  caches: Caches;
  gibibytes: number;
  system: string;
  arch: string;
  node: string;
  v8: string;
  /** Programs that wanted a core in the last minute, when the run began. */
  load: number;
}

export function machine(): Machine {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    width: widthOfMachine(flags()) ?? null,
    cores: cpus().length,
    megahertz: cpu?.speed ?? 0,
    caches: caches(),
    gibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    arch: process.arch,
    node: process.version,
    v8: process.versions.v8,
    load: Number(loadavg()[0].toFixed(2)),
  };
}
