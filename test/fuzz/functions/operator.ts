// Arguments of operators and of what is computed with them.
import type { Core } from 'emft';
import fc from 'fast-check';
import { finite, Lazy, ordinary } from '../values.js';
import { type Fuzzed, watch, withTwins } from './fuzzed.js';

const letter = fc.constantFrom('x', 'y', 'z', '+', '-', 'q', '');
const coefficient = fc.oneof(
  ordinary,
  finite,
  fc.constantFrom(0, 1e-300, 1e150, -1e150, [0, 1], [1, 0], [1, 2, 3]),
);

const term = (sites: number) =>
  fc.integer({ min: 0, max: 3 }).chain((length) =>
    fc.record({
      op: fc.array(letter, { minLength: length, maxLength: length }).map((letters) => letters.join('')),
      sites: fc.array(fc.integer({ min: 0, max: sites }), { minLength: length, maxLength: length }),
      coefficient,
    }),
  );

/** A product and its adjoint: letters in reverse, raising for lowering, the conjugate coefficient. */
const pair = (sites: number) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z', '+', '-'), fc.integer({ min: 0, max: sites - 1 })), {
        minLength: 1,
        maxLength: 4,
      }),
      ordinary,
      ordinary,
    )
    .map(([letters, re, im]) => {
      const back = letters.toReversed();
      const turned = (op: string) => (op === '+' ? '-' : op === '-' ? '+' : op);
      return [
        { op: letters.map(([op]) => op).join(''), sites: letters.map(([, i]) => i), coefficient: [re, im] },
        {
          op: back.map(([op]) => turned(op)).join(''),
          sites: back.map(([, i]) => i),
          coefficient: [re, -im],
        },
      ];
    });

const terms = (sites: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.array(pair(sites), { maxLength: 5 }).map((pairs) => pairs.flat()) },
    fc.array(term(sites), { maxLength: 4 }),
  );

const symmetry = (sites: number) =>
  fc.record(
    {
      permutation: fc.oneof(
        fc
          .integer({ min: 0, max: sites })
          .map((by) => Array.from({ length: sites }, (_, i) => (i + by) % sites)),
        fc.array(fc.integer({ min: 0, max: sites }), { maxLength: sites + 1 }),
      ),
      flip: fc.boolean(),
      character: fc.constantFrom(1, -1, 0.5, [0, 1], [-0.5, Math.sqrt(3) / 2], [0.6, 0.8]),
    },
    { requiredKeys: ['character'] },
  );

const model = fc.integer({ min: 1, max: 7 }).chain((sites) =>
  fc.record(
    {
      sites: fc.constant(sites),
      terms: terms(sites),
      sector: fc.record(
        {
          up: fc.integer({ min: 0, max: sites + 1 }),
          symmetries: fc.array(symmetry(sites), { maxLength: 2 }),
        },
        { requiredKeys: [] },
      ),
      storage: fc.constantFrom('auto', 'free', 'csr'),
    },
    { requiredKeys: ['sites', 'terms'] },
  ),
);

const matrix = fc.integer({ min: 0, max: 5 }).chain((n) =>
  fc.array(fc.option(fc.oneof(ordinary, finite)), { minLength: n * n, maxLength: n * n }).map((entries) => {
    const at = (i: number, j: number) => entries[Math.max(i, j) * n + Math.min(i, j)];
    const indptr = [0];
    const indices: number[] = [];
    const data: number[] = [];
    for (let i = 0; i < n; ++i) {
      for (let j = 0; j < n; ++j) {
        const x = at(i, j);
        if (x === null) continue;
        indices.push(j);
        data.push(x);
      }
      indptr.push(indices.length);
    }
    return { n, indptr, indices, data };
  }),
);

/** Entries with their mirror images, some more than once. */
const list = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: n }), fc.integer({ min: 0, max: n - 1 }), ordinary), {
      maxLength: 9,
    })
    .map((entries) =>
      entries.flatMap(([i, j, x]) => [
        { i, j, x },
        { i: j, j: i, x },
      ]),
    )
    .map((both) => ({
      n,
      row: both.map(({ i }) => i),
      col: both.map(({ j }) => j),
      data: both.map(({ x }) => x),
    })),
);

const ring = {
  sites: 4,
  terms: ['xx', 'yy', 'zz'].flatMap((op) =>
    [0, 1, 2, 3].map((i) => ({ op, sites: [i, (i + 1) % 4], coefficient: 1 })),
  ),
};

const multiply = fc.constantFrom(
  new Lazy('identity', () => (x: Float64Array, y: Float64Array) => y.set(x)),
  new Lazy('zero', () => () => {}),
  new Lazy('NaN', () => (_: Float64Array, y: Float64Array) => y.fill(Number.NaN)),
  new Lazy('promise', () => async () => {}),
  new Lazy('beyond', () => (x: Float64Array, y: Float64Array) => {
    for (let i = 0; i <= x.length; ++i) y[i] = x[i] ?? 1;
  }),
  new Lazy('together', () => (x: Float64Array, y: Float64Array, columns: number) => {
    y.subarray(0, x.length / columns).set(x.subarray(0, x.length / columns));
  }),
  new Lazy('swapped', () => (y: Float64Array, x: Float64Array) => y.set(x)),
  new Lazy('detached', () => (_: Float64Array, y: Float64Array) => {
    structuredClone(y, { transfer: [y.buffer as ArrayBuffer] });
  }),
);

const grain = [
  [1, 0.5],
  [0.5, 1],
];

/** What makes operators. */
const makers: Record<string, Fuzzed> = {
  spins: { parameters: ['options'], valid: fc.tuple(model), reference: [ring], weight: 0.3 },
  csr: {
    parameters: ['matrix'],
    valid: fc.tuple(matrix),
    reference: [{ n: 1, indptr: [0, 1], indices: [0], data: [2] }],
    weight: 0.3,
  },
  coo: {
    parameters: ['matrix'],
    valid: fc.tuple(list),
    reference: [{ n: 2, row: [0, 1, 1, 1], col: [1, 0, 1, 1], data: [0.1, 0.1, 2, 3] }],
    weight: 0.3,
  },
  grainOperator: {
    parameters: ['model'],
    valid: fc.tuple(
      fc.record({ grain: fc.constant(grain), fields: fc.array(finite), couplings: fc.array(finite) }),
    ),
    reference: [{ grain, fields: [1], couplings: [0.5] }],
    weight: 0.3,
  },
  operator: {
    parameters: ['options'],
    valid: fc.tuple(
      fc.record(
        {
          n: fc.integer({ min: 0, max: 3 }),
          multiply,
          matrix: fc.array(finite, { maxLength: 9 }).map((x) => Float64Array.from(x)),
          complex: fc.boolean(),
        },
        { requiredKeys: ['n'] },
      ),
    ),
    reference: [{ n: 2, multiply: (x: Float64Array, y: Float64Array) => y.set(x) }],
    weight: 0.3,
  },
};

export function operatorFunctions(core: Core): Record<string, Fuzzed> {
  const operator = fc.constantFrom(
    new Lazy('ring', () => core.spins(ring)),
    new Lazy('sector', () => core.spins({ ...ring, sector: { up: 2 } })),
    new Lazy('identity', () => core.operator({ n: 3, multiply: (x, y) => y.set(x) })),
    new Lazy('empty', () => core.csr({ n: 0, indptr: [0], indices: [], data: [] })),
    new Lazy('NaN', () => core.operator({ n: 3, multiply: (_, y) => void y.fill(Number.NaN) })),
    new Lazy('beyond', () => core.operator({ n: 3, multiply: (_, y) => void Object.assign(y, { 3: 1 }) })),
  );
  const options = {
    k: fc.integer({ min: 0, max: 17 }),
    which: fc.constantFrom('lowest', 'highest', { near: 0.1 }, { near: 1e300 }, { interval: [-1, 0.5] }),
    vectors: fc.boolean(),
    tolerance: fc.constantFrom(1e-14, 1e-12, 1e-6, 0.1, 1),
    method: fc.constantFrom('auto', 'lanczos', 'dense', 'filtered'),
    maxProducts: fc.constantFrom(1, 10, 1000),
    count: fc.boolean(),
    copies: fc.integer({ min: 1, max: 40 }),
  };
  const reference = [core.spins(ring), { k: 3, method: 'lanczos' }];
  return withTwins(['coo', 'csr', 'spins'], {
    ...makers,
    eigsh: {
      parameters: ['operator', 'options'],
      valid: fc.tuple(operator, fc.record(options, { requiredKeys: [] })),
      reference,
      weight: 0.3,
    },
    eigshBytes: {
      parameters: ['operator', 'options'],
      valid: fc.tuple(operator, fc.record(options, { requiredKeys: [] })),
      reference,
    },
    eigshAsync: {
      parameters: ['operator', 'options'],
      valid: fc.tuple(operator, fc.record({ ...options, ...watch }, { requiredKeys: [] })),
      reference,
      weight: 0.3,
    },
  });
}
