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

/** The panels without the last column, that of the unknown which is taken to be 0; its row stays. */
export function groundedOf(panels: readonly Panel[]): Panel[] {
  const last = panels.at(-1)!;
  const rest = panels.slice(0, -1);
  return last.to - 1 === last.from ? rest : [...rest, { ...last, to: last.to - 1 }];
}

/**
 * A ← L of A = L Lᵀ, a panel in each step; returns whether all pivots are positive. Of a Laplacian, whose diagonal is not read, whether all
 * are above `floor`.
 */
export function factorSteps(
  runtime: Runtime,
  panels: readonly Panel[],
  { laplacian = false, floor = 0 } = {},
): Steps<boolean> {
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
      if (runtime.wasm.panelFactor(end - from, to - from, at, laplacian, floor) >= 0) return false;
      yield (p + 1) / panels.length;
    }
    return true;
  });
}

/** x ← A⁻¹ x at an address, of `order` unknowns, by the factor. The unknown that is taken to be 0 has no column, and stays 0. */
export function solvePanels(
  { wasm }: Runtime,
  arena: Arena,
  panels: readonly Panel[],
  order: number,
  x: number,
): void {
  for (const { from, to, end, at } of panels) wasm.panelForward(end - from, to - from, at, x + 8 * from);
  arena.view(x, order).fill(0, panels.at(-1)!.to);
  for (const { from, to, end, at } of panels.toReversed()) {
    wasm.panelBackward(end - from, to - from, at, x + 8 * from);
  }
}
