// emft reproduce: every figure, and the table of the paper's claims with what was measured.
import { print } from '../files/streams.js';
import { type Claim, claimsMarkdown } from '../paper/claim.js';
import { claimChecks, figures } from '../paper/index.js';
import { command } from './command.js';
import { printJson, withCore } from './common.js';
import type { Values } from './flags.js';
import { createProgress, interruptible } from './progress.js';
import { openResults, runFigure } from './results.js';
import { json, results } from './shared.js';

const CLAIMS = ['claims.json', 'claims.md'];

const flags = {
  profile: results.profile,
  output: results.output,
  force: results.force,
  json: json('print { profile, directory, files, measured, claims }'),
};

export const reproduce = command({
  name: 'reproduce',
  description: "the main job: every figure and the table of the paper's claims",
  example: '-o figures',
  flags,
  run,
});

async function run({ output, profile, force, json }: Values<typeof flags>): Promise<void> {
  const started = performance.now();
  const { figureFileNames } = await import('../paper/render.js');
  const names = [...Object.keys(figures).flatMap(figureFileNames), ...CLAIMS];
  const { directory, origin } = await openResults(output, names, profile, force);
  const files: string[] = [];
  const measured: Record<string, Record<string, number>> = {};
  const claims: Claim[] = [];

  await interruptible((signal) =>
    withCore(async (core) => {
      const progress = createProgress(Object.keys(figures).length + Object.keys(claimChecks).length);
      try {
        for (const [name, load] of Object.entries(claimChecks)) {
          progress.step(`claims: ${name}`);
          const { check } = await load();
          claims.push(...(await check({ core, profile, signal, progress: (x) => progress.update(x) })));
        }
        for (const [id, load] of Object.entries(figures)) {
          progress.step(`figure ${id}`);
          const { figure } = await load();
          const result = await runFigure(figure, core, { profile, signal }, progress, directory, origin);
          files.push(...result.files);
          claims.push(...result.claims);
          measured[id] = result.measured;
          await progress.update(1);
          signal.throwIfAborted();
        }
      } finally {
        progress.stop();
      }
    }),
  );

  const heading = `emft ${origin.version}, revision ${origin.revision ?? 'unknown'}, profile ${profile}. Written by \`emft reproduce\`; the numbers at full precision are in claims.json.`;
  files.push(
    ...(await directory.write({
      'claims.json': `${JSON.stringify({ ...origin, profile, claims }, null, 2)}\n`,
      'claims.md': claimsMarkdown(claims, heading),
    })),
  );
  const wallSeconds = (performance.now() - started) / 1000;
  await directory.finish({ wallSeconds });
  if (json) await printJson({ profile, directory: output, files, measured, claims });
  else await printSummary(files, claims, wallSeconds);
}

async function printSummary(files: string[], claims: Claim[], wallSeconds: number): Promise<void> {
  for (const file of files) await print(`${file}\n`);
  const against = claims.filter((claim) => !claim.agrees);
  await print(
    `\n${claims.length - against.length} of ${claims.length} statements of the paper agree with what was measured.\n`,
  );
  for (const { source, statement, stated, measured } of against) {
    await print(`  differs: ${source}, ${statement}: the paper ${stated}, here ${measured}\n`);
  }
  await print(`${wallSeconds.toFixed(1)} s\n`);
}
