// Operators whose levels are known: rings, grids, hypercubes, diagonal matrices.
import type { Core, Operator } from 'emft';

export type Row = [column: number, value: number][];

export function matrix(core: Core, rows: Row[]): Operator {
  const indptr = [0];
  const sorted = rows.map((row) => row.toSorted(([i], [j]) => i - j));
  for (const row of sorted) indptr.push(indptr[indptr.length - 1] + row.length);
  return core.csr({
    n: rows.length,
    indptr,
    indices: sorted.flatMap((row) => row.map(([column]) => column)),
    data: sorted.flatMap((row) => row.map(([, value]) => value)),
  });
}

export const ascending = (levels: number[]) => levels.sort((a, b) => a - b);
export const ring = (core: Core, n: number) =>
  matrix(
    core,
    Array.from(
      { length: n },
      (_, i): Row => [
        [(i + 1) % n, -1],
        [(i + n - 1) % n, -1],
      ],
    ),
  );
export const ringLevels = (n: number) =>
  ascending(Array.from({ length: n }, (_, k) => -2 * Math.cos((2 * Math.PI * k) / n)));
export const hypercube = (core: Core, d: number) =>
  matrix(
    core,
    Array.from({ length: 2 ** d }, (_, i): Row => Array.from({ length: d }, (_, b) => [i ^ (1 << b), -1])),
  );
export const hypercubeLevels = (d: number) => {
  const levels: number[] = [];
  for (let i = 0, copies = 1; i <= d; copies = (copies * (d - i)) / ++i) {
    for (let c = 0; c < copies; ++c) levels.push(2 * i - d);
  }
  return levels;
};
export const grid = (core: Core, m: number) =>
  matrix(
    core,
    Array.from({ length: m * m }, (_, i): Row => {
      const [x, y] = [i % m, Math.floor(i / m)];
      const around = [
        [x + 1, y],
        [x - 1, y],
        [x, y + 1],
        [x, y - 1],
      ];
      const inside = around.filter(([a, b]) => a >= 0 && a < m && b >= 0 && b < m);
      return [[i, 4], ...inside.map(([a, b]): [number, number] => [b * m + a, -1])];
    }),
  );
export const gridLevels = (m: number) =>
  ascending(
    Array.from({ length: m * m }, (_, i) => {
      const level = (k: number) => 2 - 2 * Math.cos((Math.PI * (k + 1)) / (m + 1));
      return level(i % m) + level(Math.floor(i / m));
    }),
  );
export const diagonal = (core: Core, levels: number[]) =>
  matrix(
    core,
    levels.map((x, i): Row => (x === 0 ? [] : [[i, x]])),
  );
