// The matrices of LAPACK's driver test for the symmetric eigenproblem, which the lab times too, and the classic hard cases. All are
// n×n, row i in a[i*n …].
import { tridiagonal } from '../../../web/src/lab/driverMatrices.js';

export { driverMatrix, TYPE_COUNT, ULP } from '../../../web/src/lab/driverMatrices.js';

const wilkinson = (n: number) =>
  tridiagonal(
    n,
    (i) => Math.abs(i - (n - 1) / 2),
    () => 1,
  );

const rosser = Float64Array.from(
  [
    [611, 196, -192, 407, -8, -52, -49, 29],
    [196, 899, 113, -192, -71, -43, -8, -44],
    [-192, 113, 899, 196, 61, 49, 8, 52],
    [407, -192, 196, 611, 8, 44, 59, -23],
    [-8, -71, 61, 8, 411, -599, 208, 208],
    [-52, -43, 49, 44, -599, 411, 208, 208],
    [-49, -8, 8, 59, 208, 208, 99, -911],
    [29, -44, 52, -23, 208, 208, -911, 99],
  ].flat(),
);

type Add = (name: string, a: Float64Array, isTridiagonal?: boolean) => void;

function knownTridiagonals(add: Add): void {
  for (const n of [21, 41, 101]) add(`Wilkinson W${n}+`, wilkinson(n));
  for (const gap of [1e-4, 1e-8, 1e-14]) {
    const part = 21;
    add(
      `glued Wilkinson, glue ${gap}`,
      tridiagonal(
        5 * part,
        (i) => Math.abs((i % part) - (part - 1) / 2),
        (i) => ((i + 1) % part === 0 ? gap : 1),
      ),
    );
  }
  for (const n of [20, 50, 99])
    add(
      `Clement ${n}`,
      tridiagonal(
        n,
        () => 0,
        (i) => Math.sqrt((i + 1) * (n - 1 - i)),
      ),
    );
  for (const n of [39, 41, 150])
    add(
      `(1,2,1) ${n}`,
      tridiagonal(
        n,
        () => 2,
        () => 1,
      ),
    );
}

/** Of elements that differ by many orders of magnitude, or are near the ends of the range of doubles. */
function scaledTridiagonals(add: Add): void {
  add(
    'graded up',
    tridiagonal(
      50,
      (i) => 10 ** -(16 - i / 3),
      (i) => 10 ** -(16.5 - i / 3),
    ),
  );
  add(
    'graded down',
    tridiagonal(
      50,
      (i) => 10 ** (-i / 3),
      (i) => 10 ** (-i / 3 - 0.5),
    ),
  );
  add(
    '1e300 × (1,2,1)',
    tridiagonal(
      60,
      () => 2e300,
      () => 1e300,
    ),
  );
  add(
    '1e-300 × (1,2,1)',
    tridiagonal(
      60,
      () => 2e-300,
      () => 1e-300,
    ),
  );
  add(
    'one huge, rest tiny',
    tridiagonal(
      45,
      (i) => (i === 20 ? 1e300 : 1e-300),
      () => 1e-300,
    ),
  );
}

/** Named hard cases: { name, n, a }. The tridiagonal ones are marked, so that Sturm counts apply. */
export function hardCases(): { name: string; n: number; a: Float64Array; tridiagonal: boolean }[] {
  const cases: { name: string; n: number; a: Float64Array; tridiagonal: boolean }[] = [];
  const add: Add = (name, a, isTridiagonal = true) =>
    cases.push({ name, n: Math.round(Math.sqrt(a.length)), a, tridiagonal: isTridiagonal });
  knownTridiagonals(add);
  scaledTridiagonals(add);
  const n = 30;
  const hilbert = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) for (let j = 0; j < n; ++j) hilbert[i * n + j] = 1 / (i + j + 1);
  add('Hilbert 30', hilbert, false);
  add('Rosser', rosser, false);
  add('all equal', new Float64Array(60 * 60).fill(1), false);
  return cases;
}
