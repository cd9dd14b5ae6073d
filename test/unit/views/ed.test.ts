// The view of exact diagonalization with grains of each level statistics: the numbers of the library, and what the address may hold.
import { type Core, createCore, drhCouplings, type ModelStatistics } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseValues, toQuery } from '../../../web/src/parts/params.js';
import { type EdState, ed } from '../../../web/src/views/ed/task.js';
import { edView } from '../../../web/src/views/ed/view.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const model = { alpha: 0.6, n: 3, seed: 4 };
const cores = () => ({ core, threaded: async () => core });

async function computed(grain: ModelStatistics, first?: { g10: number; samples: number; lengths: number[] }) {
  const partial: EdState[] = [];
  const state = await ed(
    { ...model, grain, fraction: 1, first },
    cores(),
    async (_, soFar) => {
      if (soFar) partial.push(soFar);
    },
    new AbortController().signal,
  );
  expect(partial.map((one) => one.meanField)).toEqual([undefined]);
  return state;
}

test.each(['goe', 'gue', 'poisson'] as const)(
  '%s: states and mean field are those of the library',
  async (grain) => {
    const first = { g10: 0.4, samples: 1, lengths: [4] };
    const { eigenvalues, entropies, meanEntropy, gapRatio, meanField } = await computed(grain, first);
    const exact = core.diagonalizeGrain(core.randomGrainModel({ ...model, grain }));
    expect({ eigenvalues, entropies, gapRatio }).toEqual({
      eigenvalues: exact.eigenvalues,
      entropies: exact.entropies,
      gapRatio: exact.gapRatio,
    });
    exact.meanEntropy.forEach((s, k) => void expect(meanEntropy[k]).toBeCloseTo(s, 13));
    const theory = core.solveMeanField(drhCouplings({ g0: 0.4, alpha: 0.6, n: 3 }), { grain });
    expect(meanField?.entropy).toEqual(theory.entropy);
    expect(meanField?.etaTot).toBe(theory.etaTot);
    expect(meanField?.shares).toEqual(core.entropyShares(theory.g, meanField!.shares.length, { grain }));
  },
);

test('the first coupling is fitted to models and to a theory with the same grain', async () => {
  const grain = 'gue';
  const ends = [
    [4, 60],
    [5, 40],
  ].map(([n, count]) => {
    const last = Float64Array.from({ length: count }, (_, sample) => {
      const drawn = core.randomGrainModel({ alpha: Math.SQRT1_2, n, seed: 2022, sample, grain });
      return core.diagonalizeGrain(drawn).meanEntropy[n - 1];
    });
    return { alpha: Math.SQRT1_2, n, ...core.meanAndError(last) };
  });
  const { meanField } = await computed(grain);
  expect(meanField?.fit).toEqual({
    g10: core.fitFirstCoupling(ends, { grain }),
    samples: 100,
    lengths: [4, 5],
  });
  expect(core.fitFirstCoupling(ends)).not.toBe(meanField?.fit.g10);
});

test('the address holds the grain; a complex one bounds N, and one of Kramers pairs is none of a model', () => {
  const read = (query: string) => parseValues(edView.params, new URLSearchParams(query), edView.most);
  const { values, problems } = read('n=9&grain=poisson');
  expect(problems).toEqual([]);
  expect(toQuery('ed', edView.params, values)).toContain('n=9&alpha=0.7&seed=1&states=all&grain=poisson');
  const complex = read('n=9&grain=gue');
  expect(complex.values).toMatchObject({ n: 8, grain: 'gue' });
  expect(complex.problems).toEqual([
    '“n=9”: expected at most 8, beside the other parameters. The nearest, 8, is shown.',
  ]);
  expect(read('grain=gse')).toMatchObject({
    values: { grain: 'goe' },
    problems: ['“grain=gse”: expected one of goe, gue, poisson. The default is shown.'],
  });
});

test('the command of the view has the grain, but for the default', () => {
  const { values } = parseValues(edView.params, new URLSearchParams('grain=gue&states=middle'));
  expect(edView.command(values)).toBe(
    'emft ed --alpha 0.7 -n 5 --samples 1 --seed 1 --grain gue --window 25%',
  );
  expect(edView.command({ ...values, grain: 'goe' })).not.toContain('--grain');
});
