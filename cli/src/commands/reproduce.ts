// emft reproduce: every figure, and the table of the paper's claims with the measured values.
import { print } from '../files/streams.js';
import { type Claim, claimsMarkdown, grouped } from '../paper/claim.js';
import { type Figure, figureName } from '../paper/figure.js';
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
  json: json('print { profile, directory, files, measured, seconds, claims }'),
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
  const drawings = await allDrawings();
  const names = [...drawings.flatMap(({ name }) => figureFileNames(name)), ...CLAIMS];
  const { directory, origin } = await openResults(output, names, profile, force);
  const files: string[] = [];
  const measured: Record<string, Record<string, number>> = {};
  const seconds: Record<string, number> = {};
  const claims: Claim[] = [];

  await interruptible((signal) =>
    withCore(async (core) => {
      const progress = createProgress(drawings.length + Object.keys(claimChecks).length);
      try {
        for (const [name, load] of Object.entries(claimChecks)) {
          progress.step(`claims: ${name}`);
          const { check } = await load();
          claims.push(...(await check({ core, profile, signal, progress: (x) => progress.update(x) })));
        }
        for (const { name, figure, reading } of drawings) {
          progress.step(`figure ${name}`);
          const began = performance.now();
          const which = { profile, reading, signal };
          const result = await runFigure(figure, core, which, progress, directory, origin);
          seconds[name] = (performance.now() - began) / 1000;
          files.push(...result.files);
          claims.push(...result.claims);
          measured[name] = result.measured;
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
      'claims.json': `${JSON.stringify({ ...origin, profile, claims: withGroups(claims) }, null, 2)}\n`,
      'claims.md': claimsMarkdown(claims, heading),
    })),
  );
  const wallSeconds = (performance.now() - started) / 1000;
  await directory.finish({ wallSeconds });
  if (json)
    await printJson({ profile, directory: output, files, measured, seconds, claims: withGroups(claims) });
  else await printSummary(files, claims, wallSeconds);
}

/** Every figure in each of its readings. */
async function allDrawings(): Promise<{ name: string; figure: Figure; reading?: string }[]> {
  const loaded = await Promise.all(Object.values(figures).map((load) => load()));
  return loaded.flatMap(({ figure }) =>
    (figure.readings ?? [undefined]).map((reading) => ({
      name: figureName(figure, reading?.name),
      figure,
      reading: reading?.name,
    })),
  );
}

/** Each claim with the group of its statement. */
function withGroups(claims: readonly Claim[]) {
  return grouped(claims).flatMap(({ group, measurements }) =>
    measurements.map((claim) => ({ ...claim, group })),
  );
}

async function printSummary(files: string[], claims: Claim[], wallSeconds: number): Promise<void> {
  for (const file of files) await print(`${file}\n`);
  const statements = grouped(claims);
  const against = statements.filter(({ group }) => group === 'differs');
  const readings = statements.filter(({ group }) => group === 'reading');
  await print(
    `\n${statements.length - against.length} of ${statements.length} statements of the paper agree with what was measured${readings.length > 0 ? `, ${readings.length} of them in a named reading` : ''}.\n`,
  );
  for (const { claim } of against) {
    const { source, statement, stated, measured } = claim;
    await print(`  differs: ${source}, ${statement}: the paper ${stated}, here ${measured}\n`);
  }
  await print(`${wallSeconds.toFixed(1)} s\n`);
}
