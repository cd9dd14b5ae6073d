// The sweep kind spins: its rows against matrices made of Kronecker products, its draws, its sectors, and what a
// file gets wrong.
import { readFileSync } from 'node:fs';
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { computeExperiment } from '../../../cli/src/sweeps/compute.js';
import { parseExperiment, resolveExperiment, unresolved } from '../../../cli/src/sweeps/experiment.js';
import type { Columns } from '../../../cli/src/sweeps/rows.js';
import { MATRICES } from '../../support/spinMatrices.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const HEISENBERG = { op: ['xx', 'yy', 'zz'], sites: 'ring' };
const FIELD = { op: 'z', sites: 'each', coefficient: { uniform: [-1, 1], times: 'w' } };

const experimentOf = (given: object) => resolveExperiment({ compute: 'spins', seed: 5, ...given }).experiment;
const rowsOf = (given: object): Promise<Columns> => computeExperiment(experimentOf(given), { workers: 1 });
const numbers = (column: Columns[string]) => Array.from(column as ArrayLike<number>);

/** Adds factor · Π S^{a_k} at sites[k] to a complex matrix of order 2^count, entry by entry. */
function addProduct(matrix: Float64Array, count: number, op: string, sites: number[], factor: number) {
  const n = 2 ** count;
  for (let row = 0; row < n; ++row) {
    for (let column = 0; column < n; ++column) {
      if (sites.reduce((rest, site) => rest & ~(1 << site), row ^ column) !== 0) continue;
      let [re, im] = [factor, 0];
      sites.forEach((site, k) => {
        const [a, b] = MATRICES[op[k]][(row >> site) & 1][(column >> site) & 1];
        [re, im] = [re * a - im * b, re * b + im * a];
      });
      matrix[2 * (row * n + column)] += re;
      matrix[2 * (row * n + column) + 1] += im;
    }
  }
}

/** Largest difference between two lists, as a share of the largest number. */
function difference(a: number[], b: number[]): number {
  expect(a).toHaveLength(b.length);
  const most = Math.max(...b.map(Math.abs));
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]))) / most;
}

/** The stream of a term, by what it is called and the sites after the third. */
function streamOf(called: string): number {
  const hash = [...called].reduce(
    (h, c) => ((h ^ BigInt(c.charCodeAt(0))) * 16777619n) % 2n ** 32n,
    2166136261n,
  );
  return 1000 + (Number(hash) % (2 ** 32 - 1000));
}

test('levels are those of the matrix that Kronecker products give, with the draws of the public function', async () => {
  const sites = 5;
  const rows = await rowsOf({
    table: 'levels',
    model: { terms: [HEISENBERG, FIELD, { op: 'xy', sites: 'chain', distance: 2, coefficient: 'd' }] },
    parameters: { sites, w: 1.5, d: 0.3 },
    ensemble: [{ samples: 2 }],
  });
  const drawn = core.uniforms({ seed: 5, stream: streamOf('z 0 '), index: 1 }, sites);
  const matrix = new Float64Array(2 * 4 ** sites);
  for (let i = 0; i < sites; ++i) {
    for (const op of ['xx', 'yy', 'zz']) addProduct(matrix, sites, op, [i, (i + 1) % sites], 1);
    addProduct(matrix, sites, 'z', [i], 1.5 * (2 * drawn[i] - 1));
    if (i + 2 < sites) addProduct(matrix, sites, 'xy', [i, i + 2], 0.3);
  }
  const { values } = core.eighComplex(matrix, 2 ** sites, { vectors: false });
  expect(difference(numbers(rows.eigenvalue).slice(2 ** sites), Array.from(values))).toBeLessThan(1e-14);
});

test('two sizes have the draws of the sites that they share', async () => {
  const model = { terms: [{ ...FIELD, coefficient: { normal: [2, 1], times: ['w', 'v'] } }] };
  const levels = async (sites: number) =>
    numbers((await rowsOf({ table: 'levels', model, parameters: { sites, w: 2, v: 3, up: 0 } })).eigenvalue);
  const normals = core.normals({ seed: 5, stream: streamOf('z 0 '), index: 0 }, 6);
  for (const sites of [4, 6]) {
    // All spins down: minus half of each field.
    const sum = normals.subarray(0, sites).reduce((s, x) => s - 3 * (2 + x), 0);
    expect((await levels(sites))[0]).toBeCloseTo(sum, 12);
  }
});

test('bonds of a ring between opposite sites are there twice, as both bonds of two sites', async () => {
  const of = async (sites: number, given: object) => {
    const term = { op: ['xx', 'yy', 'zz'], ...given };
    return numbers(
      (await rowsOf({ table: 'levels', model: { terms: [term] }, parameters: { sites } })).eigenvalue,
    );
  };
  const [ring, twice] = [
    { sites: 'ring', distance: 2 },
    [
      [0, 2],
      [1, 3],
    ],
  ];
  expect(difference(await of(4, ring), await of(4, { sites: twice, coefficient: 2 }))).toBeLessThan(1e-14);
  const two = await of(2, { sites: [[0, 1]], coefficient: 2 });
  expect(difference(await of(2, { sites: 'ring' }), two)).toBeLessThan(1e-14);
});

test('all momenta, and all parities, add up to the whole', async () => {
  const model = { terms: [HEISENBERG, { ...HEISENBERG, distance: 2, coefficient: 0.4 }] };
  const sorted = (rows: Columns) => numbers(rows.eigenvalue).sort((a, b) => a - b);
  const of = async (parameters: object) =>
    sorted(
      await rowsOf({ table: 'levels', model, parameters: { sites: 8, filling: 'half', ...parameters } }),
    );
  const whole = await of({});
  expect(whole).toHaveLength(70);
  for (const sector of [
    { momentum: [0, 1, 2, 3, 4, 5, 6, 7] },
    { reflection: ['even', 'odd'] },
    { flip: ['even', 'odd'], reflection: ['even', 'odd'] },
  ]) {
    expect(difference(await of(sector), whole)).toBeLessThan(1e-14);
  }
});

test('lowest, highest and all levels agree, and so do the tables', async () => {
  const given = { model: { terms: [HEISENBERG, FIELD] }, parameters: { sites: 10, filling: 'half', w: 1 } };
  const all = numbers((await rowsOf({ ...given, table: 'levels' })).eigenvalue);
  for (const [which, wanted] of [
    ['lowest', all.slice(0, 5)],
    ['highest', all.slice(-5)],
    [
      'nearest',
      all
        .toSorted((a, b) => Math.abs(a - 0.3) - Math.abs(b - 0.3))
        .slice(0, 5)
        .sort((a, b) => a - b),
    ],
  ] as const) {
    const energy = which === 'nearest' ? 0.3 : undefined;
    const parameters = { ...given.parameters, which, states: 5, energy };
    const rows = await rowsOf({ ...given, table: 'levels', parameters });
    expect(difference(numbers(rows.eigenvalue), wanted)).toBeLessThan(1e-12);
  }
  const total = await rowsOf({ ...given, parameters: { ...given.parameters, middle: 0.5 } });
  expect(numbers(total.lowest)).toEqual([all[0]]);
  expect(numbers(total.gap)).toEqual([all[1] - all[0]]);
  expect(numbers(total.gapRatio)).toEqual([core.gapRatio(all.slice(63, 189))]);
  const states = numbers((await rowsOf({ ...given, table: 'states' })).entropy);
  const entropy = await rowsOf({ ...given, table: 'entropy' });
  expect(numbers(entropy.entropy)[0]).toBeCloseTo(states.reduce((s, x) => s + x, 0) / 252, 12);
  // Five sites of ten: no entropy above that of the largest mixture of states with as many spins up.
  expect(Math.max(...states)).toBeLessThan(5 * Math.LN2);
});

test('entropies are those of the singlets that the coverings of Majumdar and Ghosh are made of', async () => {
  const model = {
    terms: [
      {
        op: ['xx', 'yy', 'zz'],
        sites: [
          [0, 1],
          [2, 3],
        ],
      },
    ],
  };
  const of = async (cut: number) => {
    const parameters = { sites: 4, which: 'lowest', states: 1, cut };
    const rows = await rowsOf({ table: 'states', model, parameters });
    return [numbers(rows.eigenvalue)[0], numbers(rows.entropy)[0]];
  };
  for (const cut of [1, 2, 3]) {
    const [energy, found] = await of(cut);
    expect(energy).toBeCloseTo(-1.5, 13);
    expect(found).toBeCloseTo(cut === 2 ? 0 : Math.LN2, 12);
  }
});

test('gaps of copies of a level count as 0 in the gap ratio, whatever the scale rounds them to', async () => {
  const ratios = [];
  for (const coefficient of [1, 1.1, 3]) {
    const model = { terms: [{ ...HEISENBERG, coefficient }] };
    ratios.push(numbers((await rowsOf({ model, parameters: { sites: 8, filling: 'half' } })).gapRatio)[0]);
  }
  expect(difference(ratios, [ratios[0], ratios[0], ratios[0]])).toBeLessThan(1e-9);
});

test('the form factor is that of the unfolded levels', async () => {
  const given = {
    model: { terms: [HEISENBERG, FIELD] },
    parameters: { sites: 8, filling: 'half', w: 1, degree: 5 },
  };
  const levels = numbers((await rowsOf({ ...given, table: 'levels' })).eigenvalue);
  const form = await rowsOf({ ...given, table: 'formFactor' });
  const times = numbers(form.time);
  expect([times.length, times[0], times[80]]).toEqual([81, 1e-3, 10]);
  const { values } = core.spectralFormFactor(core.unfold(levels, { degree: 5 }), times);
  expect(numbers(form.formFactor)).toEqual(Array.from(values));
  // Rows have the parameters that the table needs, and no others.
  expect(Object.keys(form)).toEqual(expect.arrayContaining(['degree', 'w']));
  expect(Object.keys(form)).not.toEqual(expect.arrayContaining(['middle']));
});

test('a run describes its model so that it reads the same again', () => {
  for (const name of ['heisenberg-disorder', 'ising-transverse', 'j1-j2-momentum']) {
    const text = readFileSync(new URL(`../../../cli/examples/${name}.toml`, import.meta.url), 'utf8');
    const file = parseExperiment(text, name);
    expect(resolveExperiment(JSON.parse(JSON.stringify(unresolved(file))))).toEqual(file);
  }
});

describe('refused', () => {
  const good = { model: { terms: [HEISENBERG, FIELD] }, parameters: { sites: 6, w: 1 } };
  const term = (one: object) => ({ ...good, model: { terms: [HEISENBERG, { ...FIELD, ...one }] } });
  const set = (parameters: object) => ({ ...good, parameters: { ...good.parameters, ...parameters } });

  test('nothing of this', () => {
    expect(() => experimentOf(good)).not.toThrow();
  });

  test.each([
    [{ ...good, model: undefined }, /: model: missing/],
    [{ ...good, model: {} }, /: model\.terms: missing/],
    [{ ...good, model: { term: [] } }, /: model\.term: unknown key; did you mean 'terms'/],
    [{ ...good, model: { terms: FIELD } }, /: model\.terms: expected tables \[\[model\.terms\]\]/],
    [term({ op: 3 }), /model\.terms\.2\.op: expected a word of the letters .*, or a list of such words/],
    [term({ coefficient: { uniform: 1 } }), /coefficient\.uniform: expected \[from, to\], two numbers/],
    [term({ coefficient: { uniform: [0, 'w'] } }), /coefficient\.uniform\.2: expected a number, got "w"/],
    [term({ distance: 0.5 }), /model\.terms\.2\.distance: expected a whole number, got 0\.5/],
    [term({ op: 'q' }), /model\.terms\.2\.op: expected one to eight of the letters/],
    [term({ op: 'zz' }), /model\.terms\.2\.sites: 'each' is for words of one letter, 'zz' has 2/],
    [term({ op: ['z', 'xx'] }), /model\.terms\.2\.op: expected words of one length, got 'z' and 'xx'/],
    [term({ site: 'each' }), /model\.terms\.2\.site: unknown key; did you mean 'sites'/],
    [
      term({ sites: [[0, 1]] }),
      /model\.terms\.2\.sites\.1: expected 1, a site for each letter of 'z', got 2/,
    ],
    [term({ sites: [[6]] }), /sites: a term of the model has site 6; of 6 the last is 5/],
    [
      term({ op: 'zzz', sites: 'chain', distance: 3 }),
      /sites: a term of the model spans 7 sites, more than 6/,
    ],
    [
      term({ coefficient: { uniform: [0, 1], value: 2 } }),
      /coefficient: expected one of value, uniform and normal/,
    ],
    [
      term({ coefficient: { uniform: [1, -1] } }),
      /model\.terms\.2\.coefficient: expected uniform = \[from, to\], from ≤ to/,
    ],
    [
      term({ coefficient: { normal: [0, -1] } }),
      /coefficient: expected normal = \[mean, standard deviation ≥ 0\]/,
    ],
    [term({ coefficient: 'sites' }), /model: 'sites' cannot be a factor: files have a meaning for it/],
    [term({ coefficient: 'gapRatio' }), /model: 'gapRatio' cannot be a factor: a column has this name/],
    [term({ coefficient: Number.NaN }), /model\.terms\.2\.coefficient/],
    [set({ w: undefined }), /: w: missing: factor of coefficients of the model/],
    [set({ v: 1 }), /v: unknown key/],
    [set({ momentum: 0 }), /momentum: a model with drawn coefficients does not have this symmetry/],
    [
      set({ momentum: 1, reflection: 'even' }),
      /momentum: is 1, which a reflection turns into 5: with reflection expected 0 or 3, of 6 sites/,
    ],
    [set({ momentum: 6 }), /momentum: expected at most 5, of 6 sites, got 6/],
    [set({ up: 7 }), /up: expected at most 6, of 6 sites, got 7/],
    [set({ up: 3, filling: 'half' }), /up: is not for filling = 'half'/],
    [set({ sites: 7, filling: 'half' }), /filling: half of 7 sites is no whole number/],
    [set({ which: 'lowest' }), /states: is needed with which = 'lowest'/],
    [set({ states: 3 }), /states: is for which = 'lowest', 'highest' or 'nearest'/],
    [set({ energy: 3 }), /energy: is for which = 'nearest', not 'all'/],
    [set({ sites: 16 }), /sites: of 16 there are about 65536 states, more than 32768/],
    [{ ...set({ cut: 6 }), table: 'states' }, /cut: expected fewer than the 6 sites, got 6/],
    [{ ...set({ earliest: 20 }), table: 'formFactor' }, /latest: expected more than earliest, 20, got 10/],
    [{ ...good, parameters: { alpha: 0.5, n: 1 }, compute: 'ed' }, /model: unknown key/],
    [
      { ...good, model: { terms: [HEISENBERG] }, parameters: { sites: 6 }, ensemble: [{ samples: 2 }] },
      /samples: nothing is random here: expected 1, got 2/,
    ],
  ])('%j', (given, message) => {
    expect(() => experimentOf(given)).toThrow(message);
  });
});
