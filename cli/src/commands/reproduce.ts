// emft reproduce: every figure, the table of the paper's claims with the measured values, and with --all what lies beyond the paper.
import type { Core } from 'emft';
import type { Provenance } from '../files/provenance.js';
import type { ResultDirectory } from '../files/resultDirectory.js';
import { print } from '../files/streams.js';
import { type Claim, claimsMarkdown, grouped } from '../paper/claim.js';
import { type Figure, figureFileNames, figureName, type Profile } from '../paper/figure.js';
import { type Finding, findingsMarkdown, tally } from '../paper/finding.js';
import { beyondPaper, claimChecks, figures } from '../paper/index.js';
import { command } from './command.js';
import { printJson, withCore } from './common.js';
import { toggle, type Values } from './flags.js';
import { createProgress, interruptible, type Progress } from './progress.js';
import { type FigureRun, openResults, runFigure } from './results.js';
import { json, results } from './shared.js';

const CLAIMS = ['claims.json', 'claims.md'];
const FINDINGS = ['findings.json', 'findings.md'];

const flags = {
  profile: results.profile,
  output: results.output,
  all: toggle(
    '--all',
    'the figures beyond the paper too, and findings.md: what was predicted there, and measured',
  ),
  force: results.force,
  json: json('print { profile, directory, files, measured, seconds, wallSeconds, claims, findings }'),
};

export const reproduce = command({
  name: 'reproduce',
  description: "the main job: every figure and the table of the paper's claims",
  example: '-o figures',
  flags,
  run,
});

async function run({ output, profile, all, force, json }: Values<typeof flags>): Promise<void> {
  const started = performance.now();
  const drawings = await allDrawings(all === true);
  const tables = all ? [...CLAIMS, ...FINDINGS] : CLAIMS;
  const names = [...drawings.flatMap(({ name }) => figureFileNames(name)), ...tables];
  const { directory, origin } = await openResults(output, names, profile, force);
  const claims: Claim[] = [];
  let runs: FigureRun[] = [];

  await interruptible((signal) =>
    withCore(async (core) => {
      const progress = createProgress(drawings.length + Object.keys(claimChecks).length);
      try {
        for (const [name, load] of Object.entries(claimChecks)) {
          const began = performance.now();
          const { check } = await load();
          claims.push(...(await check({ core, profile, signal, progress: progress.update })));
          progress.done(`claims: ${name}`, (performance.now() - began) / 1000);
        }
        const how = { core, profile, progress, directory, origin };
        runs = await drawAll(drawings, how, signal);
      } finally {
        progress.stop();
      }
    }),
  );

  claims.push(...runs.flatMap((run) => run.claims));
  const findings = runs.flatMap((run) => run.beyond);
  const files = runs.flatMap((run) => run.files);
  const byName = <T>(of: (run: FigureRun) => T) =>
    Object.fromEntries(drawings.map(({ name }, k) => [name, of(runs[k])]));
  const seconds = byName((run) => run.seconds);
  const heading = (command: string, numbers: string) =>
    `emft ${origin.version}, revision ${origin.revision ?? 'unknown'}, profile ${profile}. Written by \`emft ${command}\`; the numbers at full precision are in ${numbers}.`;
  files.push(
    ...(await directory.write({
      'claims.json': `${JSON.stringify({ ...origin, profile, claims: withGroups(claims) }, null, 2)}\n`,
      'claims.md': claimsMarkdown(claims, heading('reproduce', 'claims.json')),
      ...(all && {
        'findings.json': `${JSON.stringify({ ...origin, profile, findings }, null, 2)}\n`,
        'findings.md': findingsMarkdown(findings, heading('reproduce --all', 'findings.json')),
      }),
    })),
  );
  const wallSeconds = (performance.now() - started) / 1000;
  await directory.finish({ wallSeconds });
  if (json)
    await printJson({
      profile,
      directory: output,
      files,
      measured: byName((run) => run.measured),
      seconds,
      wallSeconds,
      claims: withGroups(claims),
      findings,
    });
  else await printSummary(files, { claims, findings }, seconds, wallSeconds);
}

interface Drawing {
  name: string;
  figure: Figure;
  reading?: string;
}

/** Figures at a time: one has work for the workers while the other is fitted and drawn. */
const LANES = 2;

interface Drawn {
  core: Core;
  profile: Profile;
  progress: Progress;
  directory: ResultDirectory;
  origin: Provenance;
}

/** All figures, in the order of `drawings`, on threads that they share; the first error ends the others. */
async function drawAll(
  drawings: readonly Drawing[],
  { core, profile, progress, directory, origin }: Drawn,
  signal: AbortSignal,
): Promise<FigureRun[]> {
  const runs: FigureRun[] = [];
  const failing = new AbortController();
  const { Workers } = await import('../paper/workers.js');
  const workers = new Workers();
  const which = { profile, workers, signal: AbortSignal.any([signal, failing.signal]) };
  let next = 0;
  const lane = async () => {
    while (next < drawings.length) {
      const k = next++;
      const { name, figure, reading } = drawings[k];
      which.signal.throwIfAborted();
      // The bar cannot show how far two figures are at once.
      const quiet = { update: () => progress.update(0) };
      runs[k] = await runFigure(figure, core, { ...which, reading }, quiet, directory, origin);
      progress.done(`figure ${name}`, runs[k].seconds);
    }
  };
  const guarded = () =>
    lane().catch((error) => {
      failing.abort(error);
      throw error;
    });
  try {
    await Promise.allSettled(Array.from({ length: LANES }, guarded));
    signal.throwIfAborted();
    if (failing.signal.aborted) throw failing.signal.reason;
    return runs;
  } finally {
    await workers.close();
  }
}

/** Every figure in each of its readings; those beyond the paper if `all` are wanted. */
async function allDrawings(all: boolean): Promise<Drawing[]> {
  const wanted = Object.entries(figures).filter(([id]) => all || !(id in beyondPaper));
  const loaded = await Promise.all(wanted.map(([, load]) => load()));
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

async function printSummary(
  files: string[],
  { claims, findings }: { claims: Claim[]; findings: Finding[] },
  seconds: Record<string, number>,
  wallSeconds: number,
): Promise<void> {
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
  if (findings.length > 0) await print(`\n${tally(findings)}.\n`);
  for (const { source, question, predicted, measured, error } of findings.filter(
    ({ verdict }) => verdict === 'differs',
  )) {
    await print(`  differs: ${question}: ${source} ${predicted}, here ${measured}, error ${error}\n`);
  }
  await print('\nSeconds that the workers and the drawing of each figure took:\n');
  for (const [name, s] of Object.entries(seconds))
    await print(`  ${name.padEnd(12)} ${s.toFixed(1).padStart(7)}\n`);
  const sum = Object.values(seconds).reduce((a, b) => a + b, 0);
  await print(`  ${'all'.padEnd(12)} ${sum.toFixed(1).padStart(7)}\n${wallSeconds.toFixed(1)} s in all\n`);
}
