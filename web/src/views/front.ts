// Cells of the plane and the front of the bubble, for the views that show a map of entropies.
import * as Plot from '@observablehq/plot';

/** A site, and its entropy in units of log 2. */
export interface Cell {
  x: number;
  y: number;
  s: number;
}

/** The sides of cells beyond half of log 2 whose neighbour is not: the front of the bubble. */
function front(cells: readonly Cell[]) {
  const inside = new Set(cells.filter((c) => c.s > 0.5).map(({ x, y }) => `${x},${y}`));
  const sides = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ];
  return cells.flatMap(({ x, y }) =>
    inside.has(`${x},${y}`)
      ? sides
          .filter(([dx, dy]) => !inside.has(`${x + dx},${y + dy}`))
          .map(([dx, dy]) => ({
            x1: x + (dx - dy) / 2,
            y1: y + (dy - dx) / 2,
            x2: x + (dx + dy) / 2,
            y2: y + (dy + dx) / 2,
          }))
      : [],
  );
}

/** The sides of a cell, for marks. */
export const square = {
  x1: (c: Cell) => c.x - 0.5,
  x2: (c: Cell) => c.x + 0.5,
  y1: (c: Cell) => c.y - 0.5,
  y2: (c: Cell) => c.y + 0.5,
};

export const frontLine = (cells: readonly Cell[], width: number) =>
  Plot.link(front(cells), {
    x1: 'x1',
    y1: 'y1',
    x2: 'x2',
    y2: 'y2',
    stroke: '#fff',
    strokeWidth: width,
    strokeLinecap: 'round',
  });
