// Every long call has a twin that ends in Async: the same bits, progress that rises to 1, alive in between, and ended by its
// signal wherever it is, with nothing left behind.
import { createHash } from 'node:crypto';
import { type Core, createCore, InputError } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorTwins, type Twin } from '../../support/operatorTwins.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

/** All that a result says, its numbers as their bits: comparing element by element would take longer than computing. */
function bits(value: unknown): string {
  const hash = createHash('sha256');
  const add = (x: unknown): void => {
    if (ArrayBuffer.isView(x)) hash.update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
    else if (typeof x === 'number') hash.update(new Uint8Array(Float64Array.of(x).buffer));
    else if (typeof x === 'object' && x !== null)
      for (const [key, item] of Object.entries(x)) {
        hash.update(key);
        add(item);
      }
    else hash.update(String(x));
  };
  add(value);
  return hash.digest('hex');
}

const many = (core: Core, n: number, count: number) =>
  Float64Array.from({ length: count }, (_, k) => k).reduce(
    (all, k) => {
      all.set(core.goe(n, { seed: 1, index: k }), k * n * n);
      return all;
    },
    new Float64Array(count * n * n),
  );
/** The same read as Hermitian: what is read of the diagonal is made real. */
const manyComplex = (core: Core, n: number, count: number) => {
  const a = new Float64Array(2 * n * n * count);
  many(core, n, count).forEach((x, k) => {
    a[2 * k] = x;
    a[2 * k + 1] = (k % (n * n)) % (n + 1) === 0 ? 0 : 0.5 * x;
  });
  return a;
};

const tridiagonal = (core: Core, n: number) =>
  [core.normals({ seed: 3 }, n), core.normals({ seed: 4 }, n - 1)] as const;
/** n equal couplings just above where their avalanche begins: the way to the solution is long. */
const critical = (core: Core, n: number) =>
  new Float64Array(n).fill((core.criticalCoupling(n - 1)?.g0 ?? 0) * (1 + 1e-6));
/** Equal ones, whose equations have three solutions. */
const equal = (n: number) => new Float64Array(n).fill(0.5 / (4 * n * Math.log(n)));

const grain = (core: Core, n: number) => core.randomGrainModel({ alpha: 0.7, n, seed: 6 });
const filtered = { method: 'filtered', window: { energy: 0.2, count: 5 } } as const;
const formTimes = Float64Array.from({ length: 50 }, (_, k) => k / 20);

/** By the name of the plain call, in some of its ways. */
const twins: Record<string, Twin> = {
  ...operatorTwins,
  eigh: {
    plain: (core) => core.eigh(core.goe(150, { seed: 2 }), 150, { verify: true }),
    twin: (core, watch) => core.eighAsync(core.goe(150, { seed: 2 }), 150, { verify: true, ...watch }),
  },
  eighComplex: {
    plain: (core) => core.eighComplex(manyComplex(core, 90, 1), 90),
    twin: (core, watch) => core.eighComplexAsync(manyComplex(core, 90, 1), 90, watch),
  },
  'eighBatch, many small ones': {
    plain: (core) => core.eighBatch(many(core, 12, 400), 12, 400),
    twin: (core, watch) => core.eighBatchAsync(many(core, 12, 400), 12, 400, watch),
  },
  'eighBatch, a few of some size': {
    plain: (core) => core.eighBatch(many(core, 120, 3), 120, 3, { method: 'qr' }),
    twin: (core, watch) => core.eighBatchAsync(many(core, 120, 3), 120, 3, { method: 'qr', ...watch }),
  },
  'eighBatch by Jacobi': {
    plain: (core) => core.eighBatch(many(core, 40, 4), 40, 4, { method: 'jacobi' }),
    twin: (core, watch) => core.eighBatchAsync(many(core, 40, 4), 40, 4, { method: 'jacobi', ...watch }),
  },
  eighTridiagonal: {
    plain: (core) => core.eighTridiagonal(...tridiagonal(core, 150), { verify: true }),
    twin: (core, watch) => core.eighTridiagonalAsync(...tridiagonal(core, 150), { verify: true, ...watch }),
  },
  'eighTridiagonal, values alone': {
    plain: (core) => core.eighTridiagonal(...tridiagonal(core, 400), { vectors: false }),
    twin: (core, watch) => core.eighTridiagonalAsync(...tridiagonal(core, 400), { vectors: false, ...watch }),
  },
  eighBanded: {
    plain: (core) => core.eighBanded(core.normals({ seed: 5 }, 5 * 200), 200, 4),
    twin: (core, watch) => core.eighBandedAsync(core.normals({ seed: 5 }, 5 * 200), 200, 4, watch),
  },
  'eighBanded as a dense matrix': {
    plain: (core) => core.eighBanded(core.normals({ seed: 6 }, 51 * 150), 150, 50),
    twin: (core, watch) => core.eighBandedAsync(core.normals({ seed: 6 }, 51 * 150), 150, 50, watch),
  },
  eighComplexBatch: {
    plain: (core) => core.eighComplexBatch(manyComplex(core, 60, 4), 60, 4),
    twin: (core, watch) => core.eighComplexBatchAsync(manyComplex(core, 60, 4), 60, 4, watch),
  },
  spectralFormFactor: {
    plain: (core) => core.spectralFormFactor(core.normals({ seed: 5 }, 40_000), formTimes, { spectra: 40 }),
    twin: (core, watch) =>
      core.spectralFormFactorAsync(core.normals({ seed: 5 }, 40_000), formTimes, { spectra: 40, ...watch }),
  },
  'diagonalizeGrain, dense': {
    plain: (core) => core.diagonalizeGrain({ ...grain(core, 4), verify: true, vectors: true }),
    twin: (core, watch) =>
      core.diagonalizeGrainAsync({ ...grain(core, 4), verify: true, vectors: true, ...watch }),
  },
  'diagonalizeGrain, filtered': {
    plain: (core) => core.diagonalizeGrain(grain(core, 6), { ...filtered, verify: true }),
    twin: (core, watch) =>
      core.diagonalizeGrainAsync(grain(core, 6), { ...filtered, verify: true, ...watch }),
  },
  reducedCoupling: {
    plain: (core) => core.reducedCoupling(grain(core, 5)),
    twin: (core, watch) => core.reducedCouplingAsync({ ...grain(core, 5), ...watch }),
  },
  solveMeanField: {
    plain: (core) => core.solveMeanField(critical(core, 3000)),
    twin: (core, watch) => core.solveMeanFieldAsync(critical(core, 3000), watch),
  },
  'solveMeanField by iteration': {
    plain: (core) =>
      core.solveMeanField(critical(core, 300), { method: 'iteration', maxIterations: 80, tolerance: 0 }),
    twin: (core, watch) =>
      core.solveMeanFieldAsync(critical(core, 300), {
        method: 'iteration',
        maxIterations: 80,
        tolerance: 0,
        ...watch,
      }),
  },
  meanFieldBranches: {
    plain: (core) => core.meanFieldBranches(equal(400)),
    twin: (core, watch) => core.meanFieldBranchesAsync(equal(400), watch),
  },
  bottleneck: {
    plain: (core) => core.bottleneck({ zeta: 0.6, radius: 6 }),
    twin: (core, watch) => core.bottleneckAsync({ zeta: 0.6, radius: 6, ...watch }),
  },
  latticeHysteresis: {
    plain: (core) =>
      core.latticeHysteresis({ radius: 4, theta0: 1, strengths: Float64Array.of(10, 20, 30, 60) }),
    twin: (core, watch) =>
      core.latticeHysteresisAsync({
        radius: 4,
        theta0: 1,
        strengths: Float64Array.of(10, 20, 30, 60),
        ...watch,
      }),
  },
  ...Object.fromEntries(
    [8, 25, 80].map((strength): [string, Twin] => [
      `latticeVerdict, W = ${strength}`,
      {
        plain: (core) => core.latticeVerdict({ radius: 10, strength, theta0: 1 }, { g0: 0.5 }),
        twin: (core, watch) =>
          core.latticeVerdictAsync({ radius: 10, strength, theta0: 1 }, { g0: 0.5, ...watch }),
      },
    ]),
  ),
  ...Object.fromEntries(
    (['local', 'lanczos', 'band', 'dense'] as const).map((method): [string, Twin] => [
      `latticeCouplings, ${method}`,
      {
        plain: (core) => core.latticeCouplings({ radius: 7, strength: 60, theta0: 1.3, method }),
        twin: (core, watch) =>
          core.latticeCouplingsAsync({ radius: 7, strength: 60, theta0: 1.3, method, ...watch }),
      },
    ]),
  ),
};

test('none is left out', () => {
  const named = Object.keys(twins).map((name) => name.split(',')[0].split(' ')[0]);
  const found = Object.keys(core).filter((name) => name.endsWith('Async'));
  expect(new Set(named)).toEqual(new Set(found.map((name) => name.slice(0, -'Async'.length))));
});

describe.each(Object.entries(twins))('%s', (_, { plain, twin }) => {
  test('has the bits of the plain call, and lets the event loop run', async () => {
    const expected = bits(plain(core));
    const seen: number[] = [];
    let turns = 0;
    let running = true;
    const turn = () => {
      ++turns;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    expect(bits(await twin(core, { slice: 0, onProgress: (x) => seen.push(x) }))).toBe(expected);
    running = false;
    expect(turns).toBeGreaterThan(5);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every((x, k) => x >= 0 && x <= 1 && (k === 0 || x >= seen[k - 1]))).toBe(true);
    expect(seen.some((x) => x > 0.05 && x < 0.95)).toBe(true);
    expect(seen.at(-1)).toBe(1);
    expect(bits(await twin(core, {}))).toBe(expected);
  });

  test('is ended by its signal anywhere: memory is given back, and the next call is right', async () => {
    const expected = bits(plain(core));
    const reason = new Error('the user left');
    await expect(twin(core, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const before = core.memoryBytes;
    let calls = 0;
    await twin(core, { slice: 0, onProgress: () => ++calls });
    for (const part of [0, 0.1, 0.3, 0.5, 0.7, 0.9]) {
      const controller = new AbortController();
      let left = Math.floor(part * (calls - 1));
      let after = 0;
      const onProgress = () => {
        if (controller.signal.aborted) ++after;
        else if (left-- === 0) controller.abort(reason);
      };
      const ended = twin(core, { slice: 0, signal: controller.signal, onProgress });
      await expect(ended).rejects.toBe(reason);
      // Not even one more slice.
      expect(after).toBe(0);
      expect(bits(plain(core))).toBe(expected);
    }
    expect(core.memoryBytes).toBe(before);
  });

  test('names what is wrong with its watch', async () => {
    for (const wrong of [{ slice: -1 }, { onProgress: 3 }, { signal: {} }]) {
      const [name] = Object.keys(wrong);
      await expect(twin(core, wrong as never)).rejects.toThrow(name);
      await expect(twin(core, wrong as never)).rejects.toBeInstanceOf(InputError);
    }
  });
});

test('a batch may be changed as soon as the call has returned', async () => {
  const a = many(core, 12, 400);
  const expected = bits(core.eighBatch(a, 12, 400));
  const promise = core.eighBatchAsync(a, 12, 400, { slice: 0 });
  a.fill(Number.NaN);
  expect(bits(await promise)).toBe(expected);
});

test('a core that is disposed of meanwhile ends them with an error that says so', async () => {
  for (const { twin } of Object.values(twins)) {
    const other = await createCore();
    const promise = twin(other, { slice: 0 });
    other.dispose();
    await expect(promise).rejects.toThrow(/already disposed/);
  }
});
