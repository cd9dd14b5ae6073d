// emft verify: recompute the named computations and compare their bits with the published hashes.
import type { Command } from 'commander';
import { EmftError } from 'emft';
import { verify } from '../verify/verify.js';
import { parseInteger, printJson, printTable, withCore } from './common.js';

interface Options {
  threads: number;
  json?: boolean;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('recompute named results and compare their SHA-256 with the published ones')
    .option('--threads <count>', 'number of threads, 1 to 64', parseInteger, 1)
    .option('--json', 'print [{ name, hash, published, same }]')
    .addHelpText('after', '\nExit status 1 if any result differs in any bit.')
    .action(run);
}

async function run({ threads, json }: Options): Promise<void> {
  await withCore(async (core) => {
    const results = await verify(core);
    if (json) await printJson(results);
    else {
      await printTable({
        computation: results.map(({ name }) => name),
        'SHA-256': results.map((result) => result.hash),
        '': results.map(({ same }) => (same ? 'same' : 'DIFFERS')),
      });
    }
    const different = results.filter(({ same }) => !same).map(({ name }) => name);
    if (different.length > 0) {
      throw new EmftError(`verify: not the published bits: ${different.join(', ')}`);
    }
  }, threads);
}
