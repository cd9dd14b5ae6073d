// Which native LAPACKs there are: those that numpy and scipy of every Python here bring along, those the linker knows, and those that are
// named.
import { execFile } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./libraries.py', import.meta.url));

export interface Library {
  path: string;
  /** Who brings it: 'numpy 2.4.6', or where it was found. */
  from: string;
}

/** Who brings a library that `--native` names. */
export const NAMED = 'named';

/** What libraries.py prints. */
interface Reported {
  python: string;
  numpy: string;
  scipy: string | null;
  libraries: string[];
}

const PYTHON = /^python3(\.\d+)?$/;

/** Programs that may be a Python 3: in every folder of PATH, and the versions that pyenv has installed beside its shims. */
export function pythons(env: NodeJS.ProcessEnv, list: (folder: string) => string[] = listed): string[] {
  const path = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const pyenv = [
    ...(env.PYENV_ROOT ? [env.PYENV_ROOT] : []),
    join(env.HOME ?? homedir(), '.pyenv'),
    ...path.filter((folder) => /[/\\]shims[/\\]?$/.test(folder)).map((folder) => join(folder, '..')),
  ];
  const versions = pyenv.flatMap((root) =>
    list(join(root, 'versions')).map((version) => join(root, 'versions', version, 'bin')),
  );
  return [...new Set([...path, '/usr/bin', '/usr/local/bin', ...versions])].flatMap((folder) =>
    list(folder)
      .filter((name) => PYTHON.test(name))
      .map((name) => join(folder, name)),
  );
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Paths of LAPACK libraries in what `ldconfig -p` prints. */
export function ofLinker(text: string): string[] {
  return [...text.matchAll(/^\s*(lib[\w.+-]+)\s.*=> (\S+)$/gm)]
    .filter(([, name]) => /^lib(openblas\w*|mkl_rt|flexiblas|lapack)\.so/.test(name))
    .map(([, , path]) => path);
}

/** Where OpenBLAS lies without the linker's knowing of it: Debian has a folder for each of its builds. */
function unlinked(list = listed): string[] {
  const debian = list('/usr/lib').flatMap((name) =>
    list(join('/usr/lib', name))
      .filter((below) => below.startsWith('openblas'))
      .map((below) => join('/usr/lib', name, below)),
  );
  const others = [
    '/usr/lib64',
    '/usr/local/lib',
    '/opt/homebrew/opt/openblas/lib',
    '/usr/local/opt/openblas/lib',
  ];
  return [...debian, ...others].flatMap((folder) =>
    list(folder)
      .filter((name) => /^libopenblas[\w.-]*\.(so|dylib)/.test(name))
      .map((name) => join(folder, name)),
  );
}

/** Every library once, by its real path, those that are named first. */
export async function libraries(named: readonly string[]): Promise<Library[]> {
  const found = new Map<string, Library>();
  const add = (path: string, from: string) => {
    const key = real(path) ?? path;
    if (!found.has(key)) found.set(key, { path: key, from });
  };
  for (const path of named) add(path, NAMED);
  const programs = [...new Set(pythons(process.env).map((path) => real(path) ?? path))];
  const reports = await Promise.allSettled(
    programs.map((python) => run(python, [script], { timeout: 60_000 })),
  );
  for (const report of reports) {
    if (report.status === 'rejected') continue;
    const { python, numpy, scipy, libraries } = JSON.parse(report.value.stdout) as Reported;
    for (const path of libraries) {
      add(
        path,
        `${/scipy/.test(path) && !/numpy/.test(path) ? `scipy ${scipy}` : `numpy ${numpy}`} of ${python}`,
      );
    }
  }
  const linker = await run('ldconfig', ['-p'])
    .catch(() => run('/sbin/ldconfig', ['-p']))
    .catch(() => ({ stdout: '' }));
  for (const path of ofLinker(linker.stdout)) add(path, 'the linker');
  for (const path of unlinked()) add(path, 'a folder of libraries');
  return [...found.values()];
}
