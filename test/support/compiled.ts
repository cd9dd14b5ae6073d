// WebAssembly of an entry of assembly/__tests__, for what has to run otherwise than on as-pect: with relaxed SIMD, on
// several threads.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Compiles `entry` as `target` of asconfig.json into `folder`; returns the path of the .wasm. */
export async function compiled(entry: string, target: string, folder: string): Promise<string> {
  const { options, targets } = JSON.parse(await readFile(join(root, 'asconfig.json'), 'utf8'));
  const outFile = join(folder, `${target}.wasm`);
  const config = join(folder, `${target}.json`);
  const settings = { ...options, ...targets[target], outFile };
  await writeFile(config, JSON.stringify({ entries: [join(root, entry)], options: settings }));
  const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');
  await promisify(execFile)(process.execPath, [asc, '--config', config, '--baseDir', root], { cwd: root });
  return outFile;
}
