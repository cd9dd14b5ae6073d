// The blocks of an operator: sets of basis states between which it has no elements, the connected parts of its graph. What it conserves
// and is diagonal in the basis, S^z of a chain say, makes blocks; each can be decomposed alone.
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { Computed } from './compute.js';

/** The basis states of each block, ascending; blocks in the order of their first states. A step is one product, as in `denseOf`. */
export function blocksOf(runtime: Runtime, computed: Computed): Steps<Uint32Array[]> {
  const { n, complex } = computed;
  const width = complex ? 2 : 1;
  return runtime.steps(function* (arena) {
    computed.checkLinear?.();
    const apply = computed.place(runtime, arena, complex);
    const [from, to] = [arena.f64(width * n), arena.f64(width * n)];
    arena.view(from, width * n).fill(0);
    const parent = Uint32Array.from({ length: n }, (_, i) => i);
    for (let j = 0; j < n; ++j) {
      arena.view(from, width * n)[width * j] = 1;
      apply(from, to);
      const column = arena.view(to, width * n);
      for (let i = 0; i < width * n; ++i) if (column[i] !== 0) join(parent, j, Math.floor(i / width));
      arena.view(from, width * n)[width * j] = 0;
      yield j / n;
    }
    return blocksByRoot(parent);
  });
}

/** The first state of the part that i is in; the way there becomes half as long. */
function rootOf(parent: Uint32Array, i: number): number {
  let at = i;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}

/** The smaller root is that of both, so that a root is the first state of its part. */
function join(parent: Uint32Array, i: number, j: number): void {
  const [a, b] = [rootOf(parent, i), rootOf(parent, j)];
  parent[Math.max(a, b)] = Math.min(a, b);
}

function blocksByRoot(parent: Uint32Array): Uint32Array[] {
  const blocks = new Map<number, number[]>();
  for (let i = 0; i < parent.length; ++i) {
    const root = rootOf(parent, i);
    if (root === i) blocks.set(i, []);
    blocks.get(root)!.push(i);
  }
  return Array.from(blocks.values(), (states) => Uint32Array.from(states));
}
