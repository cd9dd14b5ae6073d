// What the command prints, to be compared with a page.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const main = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

/** What the command prints. */
export async function emft(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...words], { maxBuffer: 1 << 26 });
  return stdout;
}
/** The same of a command with --json. */
export const json = async (...words: string[]) => JSON.parse(await emft(...words, '--json'));
