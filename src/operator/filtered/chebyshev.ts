// V ← 2 p(Ĥ) V for a block V, p(x) = Σ_k c_k T_k(x), by Clenshaw's recurrence on whole vectors:
//     b_k = c_k v + 2 Ĥ b_{k+1} − b_{k+2},   2 p(Ĥ) v = 2 c_0 v + 2 Ĥ b_1 − 2 b_2 ,
// a step being one product with its recurrence. An operator that has a kernel for the whole filter is filtered by that.
import type { Arena, Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import type { Computed, Filter, FilterPlan } from '../compute.js';

/** Filters blocks of `plan.columns` vectors. */
export function filterOf(runtime: Runtime, arena: Arena, computed: Computed, plan: FilterPlan): Filter {
  return computed.filter?.place(runtime, arena, plan) ?? clenshaw(runtime, arena, computed, plan);
}

/** Bytes that `filterOf` takes from an arena beside the operator itself. */
export function filterBytes(runtime: Runtime, computed: Computed, columns: number): number {
  const length = computed.complex ? 2 * computed.n : computed.n;
  return computed.filter?.bytes(runtime, columns) ?? 24 * length;
}

function clenshaw(runtime: Runtime, arena: Arena, computed: Computed, plan: FilterPlan): Filter {
  const { complex, n } = computed;
  const { alpha, sigma, coefficients, columns } = plan;
  const length = complex ? 2 * n : n;
  const apply = computed.place(runtime, arena, complex);
  const [v, first, second] = [arena.f64(length), arena.f64(length), arena.f64(length)];
  const order = coefficients.length - 1;
  return function* (at): Steps<void> {
    for (let k = 0; k < columns; ++k) {
      const own = at + 8 * length * k;
      let [b1, b2] = [first, second];
      arena.view(v, length).set(arena.view(own, length));
      arena.view(b1, length).fill(0);
      arena.view(b2, length).fill(0);
      for (let m = order; m >= 1; --m) {
        apply(b1, b2, { alpha, sigma, beta: -1, gamma: coefficients[m] }, v);
        [b1, b2] = [b2, b1];
        yield undefined;
      }
      apply(b1, b2, { alpha, sigma, beta: -2, gamma: 2 * coefficients[0] }, v);
      arena.view(own, length).set(arena.view(b2, length));
    }
  };
}
