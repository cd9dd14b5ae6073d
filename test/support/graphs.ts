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

/** x on the diagonal: a level of n copies. */
export const multiple = (core: Core, n: number, x: number) =>
  matrix(
    core,
    Array.from({ length: n }, (_, i): Row => (x === 0 ? [] : [[i, x]])),
  );

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

/** Levels −2 cos(2πi/m) − 2 cos(2πj/m): most have eight copies. */
export const torus = (core: Core, m: number) =>
  matrix(
    core,
    Array.from({ length: m * m }, (_, i): Row => {
      const [x, y] = [i % m, Math.floor(i / m)];
      return [
        [((x + 1) % m) + y * m, -1],
        [((x + m - 1) % m) + y * m, -1],
        [x + ((y + 1) % m) * m, -1],
        [x + ((y + m - 1) % m) * m, -1],
      ];
    }),
  );
export const torusLevels = (m: number) =>
  ascending(
    Array.from({ length: m * m }, (_, i) => {
      const level = (k: number) => -2 * Math.cos((2 * Math.PI * k) / m);
      return level(i % m) + level(Math.floor(i / m));
    }),
  );

/** The Laplacian of a cube of m³ points, 0 beyond: most levels have six copies. */
export const box = (core: Core, m: number) =>
  matrix(
    core,
    Array.from({ length: m ** 3 }, (_, i): Row => {
      const at = [i % m, Math.floor(i / m) % m, Math.floor(i / (m * m))];
      const beside = at.flatMap((x, axis) =>
        [-1, 1].filter((d) => x + d >= 0 && x + d < m).map((d): [number, number] => [i + d * m ** axis, -1]),
      );
      return [[i, 6], ...beside];
    }),
  );
export const boxLevels = (m: number) =>
  ascending(
    Array.from({ length: m ** 3 }, (_, i) => {
      const level = (k: number) => 2 - 2 * Math.cos((Math.PI * (k + 1)) / (m + 1));
      return level(i % m) + level(Math.floor(i / m) % m) + level(Math.floor(i / (m * m)));
    }),
  );
