// emft verify: recompute the named computations and compare their bits with the published hashes.
import { EmftError } from 'emft/check';
import { verify as recompute } from '../verify/verify.js';
import { command } from './command.js';
import { printJson, printTable, withCore } from './common.js';
import { integerOrAuto, type Values } from './flags.js';
import { json, THREADS } from './shared.js';

const flags = {
  threads: integerOrAuto('--threads <count>', 'number of threads, 1 to 64, or auto: one a core, at most 8', {
    default: 1,
    allowed: THREADS,
  }),
  json: json('print [{ name, hash, published, same }]'),
};

export const verify = command({
  name: 'verify',
  description: 'recompute named results and compare their SHA-256 with the published ones',
  example: '',
  flags,
  help: () => '\nExit status 1 if any result differs in any bit.',
  run,
});

async function run({ threads, json }: Values<typeof flags>): Promise<void> {
  await withCore(async (core) => {
    const results = await recompute(core);
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
