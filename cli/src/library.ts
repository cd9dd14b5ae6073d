// The library beside the command: the version that this one was made for, or one line that says what to install.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

interface Manifest {
  version: string;
  dependencies: { emft: string };
}

const read = (file: string | URL) => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

/** Ends the process where the package `emft` is missing or of another version; imports nothing of it. */
export function checkLibrary(): void {
  const own = read(new URL('../package.json', import.meta.url));
  const wanted = own.dependencies.emft;
  const needs = `emft: emft-cli ${own.version} needs the package emft ${wanted}`;
  const install = `install them together: npm install emft-cli@${own.version} emft@${wanted}`;
  let file: string;
  try {
    file = createRequire(import.meta.url).resolve('emft/package.json');
  } catch {
    end(`${needs}, which is not there; ${install}`);
  }
  const { version } = read(file);
  if (version !== wanted) end(`${needs}, found ${version} in ${dirname(file)}; ${install}`);
}

function end(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
