// Lists of entries against the same matrices written out.
import { createCore, InputError } from 'emft';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const core = await createCore();

test.each([false, true])('entries in any order, added up where they meet (complex: %s)', (complex) => {
  const width = complex ? 2 : 1;
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 9 })
        .chain((n) =>
          fc.tuple(
            fc.constant(n),
            fc.array(
              fc.tuple(
                fc.nat(n - 1),
                fc.nat(n - 1),
                fc.integer({ min: -9, max: 9 }),
                fc.integer({ min: -9, max: 9 }),
              ),
            ),
            fc.integer(),
          ),
        ),
      ([n, given, seed]) => {
        const both = given.flatMap(([i, j, re, im]) => [
          [i, j, re, im],
          [j, i, re, -im],
        ]);
        // Integers add up to the same in every order.
        const order = core.uniforms({ seed: Math.abs(seed) }, both.length);
        const list = both.map((entry, k) => ({ entry, key: order[k] })).sort((a, b) => a.key - b.key);
        const dense = new Float64Array(width * n * n);
        for (const { entry } of list) {
          for (let part = 0; part < width; ++part)
            dense[width * (entry[0] * n + entry[1]) + part] += entry[2 + part];
        }
        const made = core.coo({
          n,
          row: list.map(({ entry }) => entry[0]),
          col: list.map(({ entry }) => entry[1]),
          data: list.flatMap(({ entry }) => entry.slice(2, 2 + width)),
          complex,
        });
        expect(made.toDense().map((x) => x + 0)).toEqual(dense.map((x) => x + 0));
      },
    ),
  );
});

test('sums of one place that round apart are those of the lower triangle, and others are refused', () => {
  const h = core.coo({
    n: 2,
    row: [0, 0, 0, 1, 1, 1],
    col: [1, 1, 1, 0, 0, 0],
    data: [0.1, 0.2, 0.3, 0.3, 0.2, 0.1],
  });
  expect(h.toDense()).toEqual(Float64Array.of(0, 0.3 + 0.2 + 0.1, 0.3 + 0.2 + 0.1, 0));
  for (const [given, says] of [
    [
      { n: 2, row: [0], col: [1], data: [1] },
      /^matrix: is not Hermitian: row 0 has 1 in column 1, and row 1 has 0/,
    ],
    [{ n: 2, row: [0], col: [0], data: [1, 2], complex: true }, /is not Hermitian: row 0 has \[1, 2\]/],
    [{ n: 2, row: [0, 2], col: [0, 1], data: [1, 1] }, /^matrix\.row\[1\]: is 2, expected a number below 2/],
    [{ n: 2, row: [0, 1], col: [0], data: [1, 1] }, /^matrix\.col: expected 2 elements, got 1/],
    [{ n: 2, row: [0], col: [0], data: [] }, /^matrix\.data: expected 1 elements, got 0/],
  ] as const) {
    expect(() => core.coo(given as never)).toThrow(InputError);
    expect(() => core.coo(given as never)).toThrow(says);
  }
  expect(core.coo({ n: 3, row: [], col: [], data: [] }).toDense()).toEqual(new Float64Array(9));
});

test('duplicates that cancel were refused: what rounding leaves was compared with the largest sum, which was as small', () => {
  const h = core.coo({
    n: 2,
    row: [0, 0, 0, 1, 1, 1],
    col: [1, 1, 1, 0, 0, 0],
    data: [0.1, 0.2, -0.3, -0.3, 0.2, 0.1],
  });
  expect(h.toDense()).toEqual(Float64Array.of(0, -0.3 + 0.2 + 0.1, -0.3 + 0.2 + 0.1, 0));
});
