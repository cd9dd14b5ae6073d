// Windows that once ended in an error or in wrong states, and what makes the filtered method leave a window to dense.
import { createCore, type GrainModel } from 'emft';
import { describe, expect, test } from 'vitest';
import { checkModel } from '../../../src/grain/arguments.js';
import { filteredStates } from '../../../src/grain/filtered.js';
import grainApi from '../../../src/grain/public.js';
import type { CoreBindings } from '../../../src/wasm/bindings.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';
import { atOnce, UNBOUNDED } from '../../../src/wasm/steps.js';
import cases from '../../fixtures/filteredWindows.json' with { type: 'json' };
import { fromHex } from '../../fuzz/torture/doubles.js';
import { scaledCopy } from '../../fuzz/torture/ratios.js';
import { Findings } from '../../fuzz/torture/room.js';
import { checkWindowed, type Expected } from '../../fuzz/torture/roomFiltered.js';
import { checkMeasured, hamiltonian, type Model } from '../../fuzz/torture/roomGrain.js';

const core = await createCore();
const runtime = await Runtime.create(shipped, 'simd');

const numbers = (text: string) => Float64Array.from(text.split(' '), (x) => (x === '0' ? 0 : fromHex(x)));

function read({ grain, fields, couplings }: Record<keyof Model, string>): Model {
  return { grain: numbers(grain), fields: numbers(fields), couplings: numbers(couplings) };
}

/** All states by dense, and the window at state `at`. */
function expected(model: Model, at: number, count: number): Expected {
  const { d, h } = hamiltonian(model);
  const all = core.diagonalizeGrain({ ...model, method: 'dense', vectors: true });
  const [low, high] = [all.eigenvalues[Math.floor(at)], all.eigenvalues[Math.ceil(at)]];
  return { scaled: scaledCopy(h, d), all, energy: low + (high - low) * (at - Math.floor(at)), count };
}

describe('gave', () => {
  test.each(cases)('$name', ({ at, count, ...given }) => {
    const model = read(given);
    const wanted = expected(model, at, count);
    const window = { energy: wanted.energy, count };
    const states = core.diagonalizeGrain({ ...model, method: 'filtered', window, vectors: true });
    const found = new Findings();
    checkWindowed(found, wanted, states);
    checkMeasured(found, states, wanted.scaled.n, model.fields.length);
    expect(found.list).toEqual([]);
  });

  test('the same without dense, where Lanczos goes on with larger blocks', () => {
    const alone = cases.filter((one) => one.alone);
    let count = 0;
    for (const { at, count: states, ...given } of alone) {
      const model = read(given);
      const wanted = expected(model, at, states);
      const found = new Findings();
      runtime.scope((arena) => {
        const task = { energy: wanted.energy, count: states, hasty: false };
        const result = atOnce(filteredStates(runtime, arena, checkModel(model), task, UNBOUNDED));
        if (!result) return;
        ++count;
        const vectors = arena.take(result.vectors, wanted.scaled.n * states);
        checkWindowed(found, wanted, { ...result, vectors, method: 'filtered' });
      });
      expect(found.list).toEqual([]);
    }
    expect(count).toBe(alone.length);
    expect(count).toBe(9);
  });
});

/** A runtime with some functions of WebAssembly replaced. */
function replacing(other: (own: CoreBindings) => Partial<CoreBindings>): Runtime {
  const own = runtime.wasm;
  const bindings = { ...own, ...other(own) };
  return new Proxy(runtime, {
    get: (target, key) => {
      if (key === 'wasm') return bindings;
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('a window is left to dense', () => {
  const model = core.randomGrainModel({ alpha: 0.7, n: 4, seed: 21 });
  const wanted = expected(model, 60, 3);
  const options = {
    ...(model satisfies GrainModel),
    method: 'filtered' as const,
    window: { energy: wanted.energy, count: 3 },
    vectors: true,
  };

  function isDense(by: Runtime): void {
    const states = grainApi(by).diagonalizeGrain(options);
    expect(states.method).toBe('dense');
    const found = new Findings();
    checkWindowed(found, wanted, states);
    expect(found.list).toEqual([]);
  }

  test('but not this one, whose products are all counted', () => {
    let products = 0;
    const states = grainApi(
      replacing((own) => ({
        grainMultiply(...args: Parameters<CoreBindings['grainMultiply']>) {
          products += args[2];
          own.grainMultiply(...args);
        },
        grainApply(...args: Parameters<CoreBindings['grainApply']>) {
          products += 1 << args[2];
          own.grainApply(...args);
        },
        grainFilterStart(...args: Parameters<CoreBindings['grainFilterStart']>) {
          products += args[2] * (args[6] + 1);
          own.grainFilterStart(...args);
        },
      })),
    ).diagonalizeGrain(options);
    expect(states.method).toBe('filtered');
    expect(states.work!.products).toBe(products);
    const found = new Findings();
    checkWindowed(found, wanted, states);
    expect(found.list).toEqual([]);
  });

  /** What Lanczos finds has the number at this argument of `residualNorms` changed; what dense finds has not. */
  const spoilt = (argument: number, change: (x: number) => number) => {
    let spoils = true;
    return replacing((own) => ({
      residualNorms(...args: Parameters<CoreBindings['residualNorms']>) {
        own.residualNorms(...args);
        const cell = new Float64Array(runtime.memory.buffer, args[argument], 1);
        if (spoils) cell[0] = change(cell[0]);
      },
      grainDense(...args: Parameters<CoreBindings['grainDense']>) {
        spoils = false;
        own.grainDense(...args);
      },
    }));
  };

  test('where the states turn out not to be orthonormal', () => {
    isDense(spoilt(3, (x) => x + 1e-9));
  });

  test('where residuals are too large', () => {
    isDense(spoilt(5, () => 1e-9));
    isDense(spoilt(5, () => Number.NaN));
  });

  test('where no column outside of the space is found', () => {
    const orthonormalizeFrom: CoreBindings['orthonormalizeFrom'] = (d, from, columns, ...rest) =>
      columns > 1 ? 0 : runtime.wasm.orthonormalizeFrom(d, from, columns, ...rest);
    isDense(replacing(() => ({ orthonormalizeFrom })));
  });
});
