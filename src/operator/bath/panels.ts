// A symmetric positive definite matrix in WebAssembly memory as panels of its lower triangle (assembly/operator/panels.ts), each with rows
// down to the last that may be other than 0: it is factorized in place as L Lᵀ, and solves by the factor. Of a matrix with blocks near the
// diagonal only these are stored and multiplied; of a full one, all rows.
import type { Arena, Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import { PANEL_COLUMNS } from '../tuning.js';

/** Columns `from` … `to` − 1, rows `from` … `end` − 1, `from` at address `at`. */
export interface Panel {
  from: number;
  to: number;
  end: number;
  at: number;
}

/** `ends`: for each column the row after its last one, which never falls. The entries are not cleared. */
export function placePanels(arena: Arena, ends: ArrayLike<number>): Panel[] {
  const panels: Panel[] = [];
  for (let from = 0; from < ends.length; from += PANEL_COLUMNS) {
    const to = Math.min(from + PANEL_COLUMNS, ends.length);
    const end = ends[to - 1];
    panels.push({ from, to, end, at: arena.f64((end - from) * (to - from)) });
  }
  return panels;
}

/** The address of entry (`row`, `column`), which is in the panel. */
export function entryOf({ from, end, at }: Panel, row: number, column: number): number {
  return at + 8 * ((end - from) * (column - from) + row - from);
}

/** A ← L of A = L Lᵀ, a panel in each step; returns whether all pivots are positive. */
export function factorSteps(runtime: Runtime, panels: readonly Panel[]): Steps<boolean> {
  return runtime.steps(function* (arena) {
    const rows = Math.max(...panels.map(({ from, end }) => end - from));
    const work = arena.bytes(runtime.wasm.gemmWorkspace(rows, PANEL_COLUMNS, PANEL_COLUMNS) >>> 0);
    for (const [p, panel] of panels.entries()) {
      const { from, to, end, at } = panel;
      for (const before of panels.slice(0, p)) {
        if (before.end <= from) continue;
        const leading = before.end - before.from;
        const first = entryOf(before, from, before.from);
        const { wasm } = runtime;
        const ab = wasm.operands(first, 1, leading, first, leading, 1, work);
        wasm.gemm(before.end - from, to - from, before.to - before.from, -1, ab, 1, at, end - from);
        yield p / panels.length;
      }
      if (runtime.wasm.panelFactor(end - from, to - from, at) >= 0) return false;
      yield (p + 1) / panels.length;
    }
    return true;
  });
}

/** x ← A⁻¹ x at an address, by the factor. */
export function solvePanels({ wasm }: Runtime, panels: readonly Panel[], x: number): void {
  for (const { from, to, end, at } of panels) wasm.panelForward(end - from, to - from, at, x + 8 * from);
  for (const { from, to, end, at } of panels.toReversed()) {
    wasm.panelBackward(end - from, to - from, at, x + 8 * from);
  }
}
