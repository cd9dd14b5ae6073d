// The shape of the section [model] of experiment files of spins ½.
import * as v from 'valibot';
import type { Coefficient, SpinModel } from '../common/spinModel/model.js';

type Value = NonNullable<Coefficient['value']>;

// A zero loses its sign, as in the manifest of a run.
const finite = v.pipe(
  v.number(),
  v.finite(),
  v.transform((x) => x + 0),
);
const pair = v.tuple([finite, finite]);
const word = v.pipe(
  v.string(),
  v.regex(/^[xyz+-]{1,8}$/, "expected one to eight of the letters x, y, z, + and -, as in 'zz'"),
);
const name = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z]\w*$/, 'expected the name of a parameter: a letter, then letters, digits or _'),
);
const listOf = <T>(schema: v.GenericSchema<unknown, T>, what: string) =>
  v.pipe(
    v.union([schema, v.pipe(v.array(schema), v.minLength(1))], what),
    v.transform((x) => (Array.isArray(x) ? (x as T[]) : [x as T])),
  );
const value = v.union([finite, pair], 'expected a number, or [real part, imaginary part]');
const coefficient = v.pipe(
  v.union(
    [
      finite,
      pair,
      name,
      v.pipe(
        v.strictObject({
          value: v.optional(value),
          uniform: v.optional(v.tuple([finite, finite], 'expected [from, to], two numbers')),
          normal: v.optional(v.tuple([finite, finite], 'expected [mean, standard deviation], two numbers')),
          times: v.optional(v.union([name, v.array(name)])),
        }),
        v.check(
          ({ times: _, ...given }) => Object.keys(given).length <= 1,
          'expected one of value, uniform and normal',
        ),
      ),
    ],
    'expected a number, [real part, imaginary part], the name of a parameter, or { value | uniform | normal, times }',
  ),
  v.transform((x): Coefficient => {
    if (typeof x === 'number' || Array.isArray(x)) return { value: x as Value, times: [] };
    if (typeof x === 'string') return { value: 1, times: [x] };
    const { times = [], ...given } = x as Exclude<typeof x, [number, number]>;
    const number = Object.keys(given).length === 0 ? { value: 1 } : (given as { value?: Value });
    return { ...number, times: typeof times === 'string' ? [times] : times };
  }),
  v.check(({ uniform }) => !uniform || uniform[0] <= uniform[1], 'expected uniform = [from, to], from ≤ to'),
  v.check(({ normal }) => !normal || normal[1] >= 0, 'expected normal = [mean, standard deviation ≥ 0]'),
);

const site = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(31));
const terms = v.strictObject({
  name: v.optional(v.pipe(v.string(), v.regex(/^\w+$/, 'expected a name: letters, digits or _'))),
  op: listOf(word, "expected a word of the letters x, y, z, + and -, as 'zz', or a list of such words"),
  sites: v.union(
    [
      v.picklist(['each', 'chain', 'ring'] as const),
      v.pipe(v.array(v.pipe(v.array(site), v.minLength(1))), v.minLength(1)),
    ],
    "expected 'each', 'chain', 'ring', or lists of sites 0 … 31, one site a letter, as in [[0, 1], [1, 2]]",
  ),
  distance: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31)), 1),
  coefficient: v.optional(coefficient, 1),
});

const symmetries = v.strictObject({
  permutation: v.optional(
    v.pipe(
      v.array(site, 'expected a list of sites, of which number i says where site i goes'),
      v.minLength(1),
      v.maxLength(32),
    ),
  ),
  flip: v.optional(v.boolean(), false),
  character: v.optional(
    v.union([value, name], 'expected a number, [real part, imaginary part], or the name of a parameter'),
  ),
  momentum: v.optional(
    v.union(
      [v.pipe(v.number(), v.integer(), v.minValue(0)), name],
      'expected a whole number ≥ 0, or the name of a parameter',
    ),
  ),
});

export const modelSchema: v.GenericSchema<unknown, SpinModel> = v.strictObject({
  terms: v.pipe(
    v.array(terms, 'expected tables [[model.terms]], in two pairs of brackets'),
    v.minLength(1),
    v.maxLength(1000),
  ),
  symmetries: v.optional(
    v.pipe(
      v.array(symmetries, 'expected tables [[model.symmetries]], in two pairs of brackets'),
      v.minLength(1),
      v.maxLength(32),
    ),
  ),
}) as v.GenericSchema<unknown, SpinModel>;

/** The keys at a path in the section. */
export function keysAt(path: readonly unknown[]): readonly string[] {
  if (path.length === 0) return ['terms', 'symmetries'];
  if (path[0] === 'symmetries') return Object.keys(symmetries.entries);
  if (path.length <= 2) return Object.keys(terms.entries);
  return ['value', 'uniform', 'normal', 'times'];
}
