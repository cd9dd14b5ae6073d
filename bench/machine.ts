// What the figures were measured on.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
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

/** Sizes of the caches of the first core, by name: L1d, L2, L3. */
function caches(): Record<string, string> {
  const home = '/sys/devices/system/cpu/cpu0/cache';
  const found: Record<string, string> = {};
  let names: string[] = [];
  try {
    names = readdirSync(home).filter((name) => name.startsWith('index'));
  } catch {
    // not Linux
  }
  for (const name of names) {
    const kind = text(`${home}/${name}/type`);
    if (kind === 'Instruction') continue;
    found[`L${text(`${home}/${name}/level`)}${kind === 'Data' ? 'd' : ''}`] = text(`${home}/${name}/size`);
  }
  return found;
}

export interface Machine {
  cpu: string;
  /** Widest instructions. */
  width: Width | null;
  cores: number;
  megahertz: number;
  caches: Record<string, string>;
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
