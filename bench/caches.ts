// Sizes of the caches of the first core, by name: L1d, L2, L3.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export type Caches = Record<string, string>;

/** Where the sizes are asked for; what cannot be asked gives an empty text, or an empty list. */
interface Sources {
  read(path: string): string;
  list(folder: string): string[];
  /** What a program prints. */
  run(program: string, words: readonly string[]): string;
}

function given<T>(none: T, ask: () => T): T {
  try {
    return ask();
  } catch {
    return none;
  }
}

const here: Sources = {
  read: (path) => given('', () => readFileSync(path, 'utf8').trim()),
  list: (folder) => given([], () => readdirSync(folder)),
  run: (program, words) =>
    given('', () => execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
};

/** Linux's own description, which some virtual machines lack. */
function ofFolders({ read, list }: Sources): Caches {
  const home = '/sys/devices/system/cpu/cpu0/cache';
  const found: Caches = {};
  for (const name of list(home).filter((name) => name.startsWith('index'))) {
    const [kind, level, size] = ['type', 'level', 'size'].map((what) => read(`${home}/${name}/${what}`));
    if (kind === 'Instruction' || level === '' || size === '') continue;
    found[`L${level}${kind === 'Data' ? 'd' : ''}`] = size;
  }
  return found;
}

/** Bytes in lines of a name and a number. */
function ofLines(text: string, names: Readonly<Record<string, RegExp>>): Caches {
  const found: Caches = {};
  for (const [name, pattern] of Object.entries(names)) {
    const bytes = Number(pattern.exec(text)?.[1] ?? 0);
    if (bytes > 0) found[name] = `${Math.round(bytes / 1024)}K`;
  }
  return found;
}

/** The C library asks the processor itself; macOS has names of its own. */
export function caches(sources = here): Caches {
  const folders = ofFolders(sources);
  if (Object.keys(folders).length > 0) return folders;
  const conf = ofLines(sources.run('getconf', ['-a']), {
    L1d: /^LEVEL1_DCACHE_SIZE\s+(\d+)/m,
    L2: /^LEVEL2_CACHE_SIZE\s+(\d+)/m,
    L3: /^LEVEL3_CACHE_SIZE\s+(\d+)/m,
  });
  if (Object.keys(conf).length > 0) return conf;
  return ofLines(sources.run('sysctl', ['hw.l1dcachesize', 'hw.l2cachesize', 'hw.l3cachesize']), {
    L1d: /^hw\.l1dcachesize: (\d+)/m,
    L2: /^hw\.l2cachesize: (\d+)/m,
    L3: /^hw\.l3cachesize: (\d+)/m,
  });
}
