// Long calls with their twins in slices: those here, and one of each function whose description for the fuzz has one.
import type { Core } from 'emft';
import { coreFunctions } from '../fuzz/functions.js';
import { operatorTwins, type Twin } from './operatorTwins.js';

/** GOE matrices one after another. */
export const many = (core: Core, n: number, count: number) =>
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

/** By the name of the plain call, in some of its ways. */
const written: Record<string, Twin> = {
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

/** The call `long` of a description, with a watch among the options of the last argument. */
function described(
  name: string,
  parameters: readonly string[],
  long: (core: Core) => readonly unknown[],
): Twin {
  const call = (core: Core, which: string, args: readonly unknown[]) =>
    (core as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[which](...args);
  return {
    plain: (core) => call(core, name, long(core)),
    twin(core, watch) {
      const args = long(core);
      const last = parameters.length - 1;
      const options = { ...(args[last] as object | undefined), ...watch };
      return call(core, `${name}Async`, [...args.slice(0, last), options]) as Promise<unknown>;
    },
  };
}

/** All of them, by the name of the plain call. */
export function twinsOf(core: Core): Record<string, Twin> {
  const long = Object.entries(coreFunctions(core)).flatMap(([name, { parameters, long }]) =>
    // The twin has a description of its own, made of this one.
    long && !name.endsWith('Async') ? [[name, described(name, parameters, long)] as const] : [],
  );
  return { ...written, ...Object.fromEntries(long) };
}
