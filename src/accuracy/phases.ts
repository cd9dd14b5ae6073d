// Where the time of one decomposition goes: each phase of the divide-and-conquer route run alone on the same data, with
// its own operation count. The rates say how near each phase is to the machine's limits. For the benchmark alone: no entry of the package exports it.

import { SWEEPS_PER_ROW } from '../wasm/constants.js';
import type { Build } from '../wasm/load.js';
import { Runtime } from '../wasm/runtime.js';
import { shipped } from '../wasm/shipped.js';
import { leastTime } from './timing.js';

/** Runs until 1.5 s are spent, and at least twice. The first run does not count, unless it took so long that no other follows. */
const best = <T>(run: () => T) => leastTime(run, { warm: 0, batch: 0, batches: 49, enough: 1.5, alone: 8 });

export interface Phase {
  phase: string;
  n: number;
  seconds: number;
  gigaflops: number;
  /** Bytes a second that come from memory or from the outer cache, for phases that are limited by that. */
  gigabytes?: number;
}

/** The time of `run`, without its preparation, which is timed by itself and subtracted. */
async function secondsOf(prepare: () => void, run: () => void): Promise<number> {
  const both = await best(() => {
    prepare();
    run();
  });
  const alone = await best(prepare);
  return Math.max(both.seconds - alone.seconds, 1e-9);
}

export async function phases(build: Build, a: Float64Array, n: number): Promise<Phase[]> {
  const runtime = await Runtime.create(shipped, build);
  const wasm = runtime.wasm;
  return runtime.scope(async (arena) => {
    const source = arena.put(a);
    const matrix = arena.f64(n * n);
    const z = arena.f64(n * n);
    const [d, e, tau, d0, e0] = Array.from({ length: 5 }, () => arena.f64(n + 8));
    const cutoff = 20;
    const work = arena.bytes(
      Math.max(
        ...[
          wasm.tridiagonalizeWorkspace(n),
          wasm.tridiagonalDivideAndConquerWorkspace(n, cutoff),
          wasm.tridiagonalQrWorkspace(n, true),
          wasm.backTransformWorkspace(n, n),
          wasm.gemmWorkspace(n, n, n),
        ].map((bytes) => bytes >>> 0),
      ),
    );
    const copy = (to: number, from: number, count: number) =>
      arena.view(to, count).set(arena.view(from, count));
    const result: Phase[] = [];
    const measure = async (
      phase: string,
      flops: number,
      prepare: () => void,
      run: () => void,
      bytes?: number,
    ) => {
      const seconds = await secondsOf(prepare, run);
      const gigabytes = bytes === undefined ? undefined : bytes / seconds / 1e9;
      result.push({ phase, n, seconds, gigaflops: flops / seconds / 1e9, gigabytes });
    };
    const restore = () => copy(matrix, source, n * n);
    // Half of the operations are symmetric matrix–vector products that read the trailing triangle once a column.
    await measure(
      'tridiagonalization',
      (4 / 3) * n ** 3,
      restore,
      () => wasm.tridiagonalize(n, matrix, n, d, e, tau, work),
      (8 * n ** 3) / 6,
    );
    copy(d0, d, n);
    copy(e0, e, n - 1);
    const again = () => {
      copy(d, d0, n);
      copy(e, e0, n - 1);
    };
    await measure('divide and conquer', (4 / 3) * n ** 3, again, () => {
      wasm.tridiagonalDivideAndConquer(n, d, e, z, n, 0, n, work, cutoff);
    });
    const vectors = arena.f64(n * n);
    copy(vectors, z, n * n);
    const vectorsOfT = () => copy(z, vectors, n * n);
    const turnBack = () => wasm.backTransform(n, n, matrix, n, tau, z, n, work);
    await measure('back-transformation', 2 * n ** 3, vectorsOfT, turnBack);
    await measure('QR with vectors (instead of divide and conquer)', 6 * n ** 3, again, () => {
      wasm.tridiagonalQr(n, d, e, z, n, n, true, work, SWEEPS_PER_ROW * n);
    });
    await measure('Pal–Walker–Kahan (values only)', 15 * n ** 2, again, () => {
      wasm.tridiagonalEigenvalues(n, d, e, work, SWEEPS_PER_ROW * n);
    });
    const multiply = () => wasm.gemm(n, n, n, 1, wasm.operands(source, 1, n, vectors, 1, n, work), 0, z, n);
    await measure('gemm, for comparison', 2 * n ** 3, () => {}, multiply);
    return result;
  });
}
