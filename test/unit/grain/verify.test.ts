// `verify` of diagonalizeGrain: LAPACK's ratios of the states, without forming H.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import grainApi from '../../../src/grain/public.js';
import type { CoreBindings } from '../../../src/wasm/bindings.js';
import { ConvergenceError } from '../../../src/wasm/errors.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';

const core = await createCore();
const runtime = await Runtime.create(shipped, 'simd');

describe('verify', () => {
  const model = core.randomGrainModel({ alpha: 0.7, n: 3, seed: 2 });

  test('gives the ratios of the dense matrix', () => {
    for (const unit of [1, 2 ** -1000, 2 ** 900]) {
      const times = (x: Float64Array) => x.map((v) => v * unit);
      const scaled = {
        grain: times(model.grain),
        fields: times(model.fields),
        couplings: times(model.couplings),
      };
      const d = 64;
      const states = core.diagonalizeGrain({ ...scaled, verify: true, vectors: true });
      // H from its eigenvectors would hide what is looked for: it is applied to unit vectors through its definition.
      const h = denseH(scaled);
      let [norm, residual, orthogonality] = [0, 0, 0];
      for (let k = 0; k < d; ++k) {
        const z = states.vectors!.subarray(k * d, (k + 1) * d);
        let [column, r, o] = [0, 0, 0];
        for (let i = 0; i < d; ++i) {
          let [hz, dot] = [-(states.eigenvalues[k] / unit) * z[i], i === k ? -1 : 0];
          for (let j = 0; j < d; ++j) {
            hz += (h[i * d + j] / unit) * z[j];
            dot += states.vectors![i * d + j] * z[j];
          }
          column += Math.abs(h[i * d + k] / unit);
          r += Math.abs(hz);
          o += Math.abs(dot);
        }
        norm = Math.max(norm, column);
        residual = Math.max(residual, r);
        orthogonality = Math.max(orthogonality, o);
      }
      const ulp = 2 ** -52;
      expect(Math.abs(states.residual! - residual / (norm * d * ulp))).toBeLessThan(0.05);
      expect(Math.abs(states.orthogonality! - orthogonality / (d * ulp))).toBeLessThan(0.05);
    }
  });

  test('is a ConvergenceError where the states do not fit the model', () => {
    let vectors = 0;
    const own = runtime.wasm;
    const bad = {
      wasm: {
        ...own,
        symmetricEigenStart(...args: Parameters<CoreBindings['symmetricEigenStart']>) {
          vectors = args[5] >>> 0;
          own.symmetricEigenStart(...args);
        },
        jobFinish(work: number) {
          const status = own.jobFinish(work);
          if (vectors !== 0) new Float64Array(runtime.memory.buffer, vectors, 1)[0] += 1e-9;
          vectors = 0;
          return status;
        },
      },
      scope: <T>(body: (arena: never) => T) => runtime.scope(body as never),
      steps: <T>(body: (arena: never) => T) => runtime.steps(body as never),
      memory: runtime.memory,
      heap: runtime.heap,
    } as unknown as Runtime;
    expect(() => grainApi(bad).diagonalizeGrain(model)).not.toThrow();
    expect(() => grainApi(bad).diagonalizeGrain({ ...model, verify: true })).toThrow(ConvergenceError);
    expect(() => grainApi(bad).diagonalizeGrain({ ...model, verify: true })).toThrow(
      /ratio .*, expected at most 60/,
    );
  });
});

/** H written with its definition: index a 2^N + Σ b_n 2^n. */
function denseH({
  grain,
  fields,
  couplings,
}: {
  grain: Float64Array;
  fields: Float64Array;
  couplings: Float64Array;
}): Float64Array {
  const dg = Math.sqrt(grain.length);
  const size = 2 ** fields.length;
  const d = dg * size;
  const h = new Float64Array(d * d);
  for (let a = 0; a < dg; ++a) {
    for (let s = 0; s < size; ++s) {
      const from = a * size + s;
      for (let b = 0; b < dg; ++b) h[(b * size + s) * d + from] += grain[b * dg + a];
      fields.forEach((field, n) => {
        const down = (s >> n) & 1;
        h[from * d + from] += down ? -field : field;
        if (down !== (a & 1)) h[((a ^ 1) * size + (s ^ (1 << n))) * d + from] += 2 * couplings[n];
      });
    }
  }
  return h;
}
