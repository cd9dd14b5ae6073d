// Runs a case again: in this process, or, where it was a cold one, in cold processes like it, many times.
import { METHODS, methodNames } from 'emft/check';
import { perform } from './calls.js';
import { type Case, fromRows, readCase } from './cases.js';
// @ts-expect-error: plain JavaScript, so that any Node runs it
import { hashOf } from './cold.mjs';
import { askCold, type ColdJob, toBase64 } from './coldProcess.js';
import { watchedCore } from './cores.js';
import { examine } from './examine.js';
import { checkModel, type Model } from './rooms.js';
import { nodesToTest } from './run.js';
import { differs } from './specials.js';

/** Cold processes of one replay: what depends on timing shows in some of them only. */
const COLD = 40;

/** What went wrong this time, one line each. */
export async function replay(file: string): Promise<string[]> {
  const found = readCase(file);
  if (found.cold) return replayCold(found);
  if (found.model) return replayModel(found);
  const matrices = found.matrices.map(fromRows);
  if (matrices.length === 0) {
    throw new Error(
      `${file} holds no matrix: --seed ${found.seed} --first ${found.round} --rounds 1 runs its round`,
    );
  }
  const { core } = await watchedCore({ build: found.build, threads: found.threads });
  const one = await watchedCore({ build: found.build });
  const [ask] = found.asks;
  const lines: string[] = [];
  for (const [k, a] of matrices.entries()) {
    const n = found.n[k];
    const methods = methodNames.filter(
      (method) => method === ask.method || (ask.method === 'auto' && METHODS[method].ranges),
    );
    const problems = await examine(core, a, n, [ask], { decomposition() {}, ratios() {} }, methods);
    for (const { what, detail } of problems) lines.push(`matrix ${k}: ${what}: ${detail}`);
    const other = differs(
      await perform(core, a, n, ask),
      await perform(one.core, a, n, { ...ask, how: 'eigh' }),
    );
    if (other) lines.push(`matrix ${k}: other bits than one thread and eigh: ${other}`);
  }
  core.dispose();
  one.core.dispose();
  return lines;
}

async function replayModel({ model, build }: Case): Promise<string[]> {
  const { core, trouble } = await watchedCore({ build });
  const lines = checkModel(core, model as Model).map(({ what, detail }) => `${what}: ${detail}`);
  const after = trouble();
  return after ? [...lines, after] : lines;
}

async function replayCold(found: Case): Promise<string[]> {
  const { core } = await watchedCore({ build: found.build });
  const jobs: ColdJob[] = [];
  for (const [k, rows] of found.matrices.entries()) {
    const a = fromRows(rows);
    const { values, vectors } = await perform(core, a, found.n[k], { ...found.asks[k], how: 'eigh' });
    jobs.push({ a: toBase64(a), n: found.n[k], ask: found.asks[k], expected: hashOf([values, vectors]) });
  }
  if (found.model) {
    const states = core.diagonalizeGrain(found.model as Parameters<typeof core.diagonalizeGrain>[0]);
    const arrays = [states.eigenvalues, ...states.entropies, states.meanEntropy, states.czz];
    jobs.push({ model: found.model, expected: hashOf(arrays) });
  }
  const { threads, build, hogs, flags, node } = found;
  const lines: string[] = [];
  for (let k = 0; k < COLD; ++k) {
    const answer = await askCold(nodesToTest()[node], flags, { threads, build, hogs, turns: 3, jobs });
    for (const { what, detail } of answer.wrong) lines.push(`process ${k} of ${COLD}: ${what}: ${detail}`);
  }
  return lines;
}
