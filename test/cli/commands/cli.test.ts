// The commands from the outside: what each prints, against reference values, and how bad input ends.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { methodNames } from 'emft/check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeNpy, parseNpy } from '../../../cli/src/common/matrix/npy.js';
import { residentCommand } from '../../support/runs/resident.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-cli-'));
});
afterAll(() => rm(scratch, { recursive: true }));

const resident = residentCommand();
const emft = (...args: string[]) => resident(args, scratch);

/** Runs a command that must succeed, and parses the one JSON document on its stdout. */
async function json(...args: string[]) {
  const { status, stdout, stderr } = await emft(...args, '--json');
  expect(stderr).not.toMatch(/emft:|error:/);
  expect(status).toBe(0);
  expect(stdout.split('\n')).toHaveLength(2);
  return JSON.parse(stdout);
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(scratch, name), content);
  return name;
}

const commands = ['reproduce', 'figure', 'eta', 'solve', 'lattice', 'hysteresis', 'bottleneck', 'eigh'];

describe('usage', () => {
  test.each(commands)('%s --help', async (command) => {
    const { status, stdout, stderr } = await emft(command, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`Usage: emft ${command}`);
    expect(stdout).toContain('--json');
  });

  test('--help lists every command, --version the version', async () => {
    const { stdout } = await emft('--help');
    for (const command of commands) expect(stdout).toContain(`\n  ${command} `);
    const { version } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'));
    expect(await emft('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('bad input ends with status 2, a message that names it, and nothing on stdout', () => {
  const asymmetric = fixture('npy/asymmetric.npy');
  test.each<[string, RegExp]>([
    ['', /Usage: emft/],
    ['unknown', /unknown: expected one of reproduce, /],
    ['eta', /g: missing/],
    ['eta 0.1 --unknown', /--unknown: no flag of emft eta/],
    ['eta 0.1 NaN', /g: expected a finite number, got "NaN"/],
    ['eta Infinity', /g: expected .* got "Infinity"/],
    ['eta 0.1,0.2', /g: expected .* got "0.1,0.2"/],
    ['eta -0.1', /element 0 is -0.1, expected a finite number ≥ 0/],
    ['solve', /--couplings/],
    ['solve --g0 0.5 --alpha 0.6', /-n/],
    ['solve --g0 0.5 -n 10', /--alpha/],
    ['solve --g0 0.5 --alpha 0.6 -n 0', /n: .*got 0/],
    ['solve --g0 0.5 --alpha 0.6 -n 2.5', /--n: expected a whole number, got 2.5/],
    ['solve --g0 0.5 --alpha 0.6 -n 1e12', /n: /],
    ['solve --g0 0.5 --alpha 0 -n 10', /alpha: .*got 0/],
    ['solve --g0 0.5 --alpha -0.6 -n 10', /alpha: .*got -0.6/],
    ['solve --g0 -0.5 --alpha 0.6 -n 10', /g0: .*got -0.5/],
    ['solve --g0 nan --alpha 0.6 -n 10', /--g0: expected .* got "nan"/],
    ['solve --couplings absent.txt', /absent.txt: does not exist/],
    ['solve --couplings . ', /is a directory/],
    ['solve --couplings nan.txt', /nan.txt: line 2: 'nan'/],
    ['solve --couplings negative.txt', /element 1 is -0.5/],
    ['solve --couplings nan.txt --g0 1', /--g0/],
    ['lattice --radius 3', /strength/],
    ['lattice --radius 3 --strength 45', /--theta0.*--random/],
    ['lattice --radius 3 --strength 45 --random', /random phases need a seed/],
    ['lattice --radius 3 --strength 45 --theta0 1 --random --seed 1', /theta0/],
    ['lattice --radius 3 --strength 45 --theta0 1 --seed 1', /seed/],
    ['lattice --radius 0 --strength 45 --theta0 1', /radius: .*got 0/],
    ['lattice --radius 1e9 --strength 45 --theta0 1', /radius: .*got 1000000000/],
    ['lattice --radius 3 --strength 0 --theta0 1', /strength: .*got 0/],
    ['lattice --radius 3 --strength 45 --theta0 1 --g0 -1', /g0: .*got -1/],
    ['hysteresis --radius 3 --theta0 1 --from 5 --to 3', /^emft: --to: .*> 5.*got 3$/m],
    ['hysteresis --radius 3 --theta0 1 --from 5 --to 3e10', /^emft: --to: .*got 30000000000$/m],
    ['hysteresis --radius 3 --from 5 --to 9', /--theta0.*--random/],
    ['bottleneck 0.1 0.001', /^emft: zeta: .*got 0.001$/m],
    ['eigh', /file: missing/],
    ['eigh absent.npy', /absent.npy: does not exist/],
    ['eigh method.npy', /^emft: method.npy: does not exist/],
    ['solve --couplings alpha', /^emft: alpha: does not exist/],
    ['eigh matrix.txt', /matrix.txt: does not exist/],
    [
      'eigh nan.txt',
      /nan.txt: line 1: .*, expected 2: the diagonal element|nan.txt: line \d+: 'nan' is not a finite/,
    ],
    ['eigh truncated.npy', /truncated.npy: is truncated/],
    [`eigh ${fixture('npy/wide.npy')}`, /2 × 3, expected a square matrix/],
    [`eigh ${asymmetric}`, /not symmetric: element \(1, 0\)/],
    ['eigh huge.mtx', /1000000 × 1000000: .* beyond/],
    [
      'eigh large.mtx',
      /^emft: large.mtx: is 23000 × 23000: its decomposition needs 8182 MiB, WebAssembly memory holds 4095 MiB; expected n ≤ 13\d{3}$/m,
    ],
    ['eigh large.mtx --method qr', /^emft: large.mtx: is 23000 × 23000: .*; expected n ≤ 16[0-3]\d\d$/m],
    ['eigh middle.mtx', /16000 × 16000: .*; expected n ≤ 13\d{3}; --method qr takes n ≤ 16[0-3]\d\d$/m],
    [`eigh ${fixture('npy/c-order.npy')} --method lu`, /--method: expected .* got "lu"/],
    [`eigh ${fixture('npy/c-order.npy')} --vectors taken.npy`, /taken.npy: exists already/],
    ['figure', /figure: missing/],
    ['figure 9z', /figure: expected .* got "9z"/],
    ['figure 1c --profile best', /--profile: expected .* got "best"/],
    ['figure 1c -o taken.npy/x', /taken.npy.x: cannot be made: a part of its path is a file/],
    ['reproduce -o taken.npy', /taken.npy: is a file, expected a directory/],
    ['reproduce extra', /extra: one argument too many/],
  ])('emft %s', async (line, message) => {
    await file('nan.txt', '0.5\nnan\n');
    await file('negative.txt', '0.5\n-0.5\n');
    await file('truncated.npy', encodeNpy(new Float64Array(9), 3, 3).subarray(0, 150));
    await file('huge.mtx', '%%MatrixMarket matrix coordinate real general\n1000000 1000000 0\n');
    await file('middle.mtx', '%%MatrixMarket matrix coordinate real symmetric\n16000 16000 0\n');
    await file('large.mtx', '%%MatrixMarket matrix coordinate real symmetric\n23000 23000 0\n');
    await file('taken.npy', 'mine');
    const { status, stdout, stderr } = await emft(...line.split(' ').filter(Boolean));
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(await readFile(join(scratch, 'taken.npy'), 'utf8')).toBe('mine');
  });
});

describe('eta', () => {
  test('the reference values, and a table without --json', async () => {
    const reference = JSON.parse(await readFile(fixture('single-spin.json'), 'utf8')) as Record<
      string,
      string
    >[];
    const result = await json('eta', ...reference.map((row) => row.g));
    expect(result).toHaveLength(reference.length);
    for (const [i, row] of reference.entries()) {
      expect(Object.keys(result[i])).toEqual(['g', 'eta', 'entropy', 'czz']);
      expect(result[i].g).toBe(Number(row.g));
      // The reference's own quadrature ends too early at the smallest g, by 6e-12 of the value.
      const limit = row.g === '1.0e-12' ? 6e-12 : 1e-12;
      expect(Math.abs(result[i].eta / Number(row.eta) - 1)).toBeLessThan(limit);
      expect(Math.abs(result[i].entropy / Number(row.S) - 1)).toBeLessThan(limit);
      expect(Math.abs(result[i].czz / Number(row.Czz) - 1)).toBeLessThan(1e-12);
    }
    const { stdout } = await emft('eta', '0', '0.1');
    expect(stdout.split('\n').map((row) => row.trim().split(/\s+/))).toEqual([
      ['g', 'eta', 'entropy', 'czz'],
      ['0', '0', '0', '1'],
      ['0.1', '0.6106455625', '0.3894323649', '0.5155283559'],
      [''],
    ]);
  });
});

describe('solve', () => {
  test('the reference solutions, from options and from a file', async () => {
    const reference = JSON.parse(await readFile(fixture('drh.json'), 'utf8'));
    for (const { g10, alpha, n, g, entropy, etaTot } of reference) {
      const chain = await json('solve', '--g0', `${g10}`, '--alpha', `${alpha}`, '-n', `${n}`);
      for (const key of ['g', 'entropy', 'czz', 'etaTot', 'iterations', 'converged']) {
        expect(chain).toHaveProperty(key);
      }
      expect(chain.converged).toBe(true);
      expect(Math.abs(chain.etaTot / etaTot - 1)).toBeLessThan(1e-10);
      for (let i = 0; i < n; ++i) {
        expect(Math.abs(chain.g[i] / g[i] - 1)).toBeLessThan(1e-9);
        expect(Math.abs(chain.entropy[i] / entropy[i] - 1)).toBeLessThan(1e-9);
      }
      const bare = Array.from({ length: n }, (_, i) => g10 * alpha ** i);
      const listed = await json('solve', '--couplings', await file('chain.json', JSON.stringify(bare)));
      expect(Math.abs(listed.etaTot / etaTot - 1)).toBeLessThan(1e-10);
    }
  });
});

describe('lattice', () => {
  test('the reference total, the shape of the answer, and a random one that its seed repeats', async () => {
    const { etaTot: totals } = JSON.parse(await readFile(fixture('lattice.json'), 'utf8'));
    for (const { radius, strength, theta0, g0, etaTot } of totals) {
      const options = { radius, strength, theta0, g0 };
      const result = await json(
        'lattice',
        ...Object.entries(options).flatMap(([k, v]) => [`--${k}`, `${v}`]),
      );
      expect(Math.abs(result.etaTot / etaTot - 1)).toBeLessThan(1e-8);
      expect(result.orbitals).toHaveLength(2 * radius * (radius + 1) + 1);
      expect(Object.keys(result.orbitals[0])).toEqual(['energy', 'phi0', 'g', 'entropy', 'site']);
      expect(new Set(result.orbitals.map((o: { site: number[] }) => o.site.join())).size).toBe(
        result.orbitals.length,
      );
      const [low, high] = result.etaTotBounds;
      expect(low).toBeLessThanOrEqual(result.etaTot);
      expect(high).toBeGreaterThanOrEqual(result.etaTot);
    }
    const random = ['lattice', '--radius', '4', '--strength', '60', '--random', '--seed'];
    const [first, again, other] = [
      await json(...random, '7'),
      await json(...random, '7'),
      await json(...random, '8'),
    ];
    expect(again).toEqual(first);
    expect(other.etaTot).not.toBe(first.etaTot);
  });
});

describe('eigh', () => {
  test('values, the two ratios and vectors that NumPy can read', async () => {
    const n = 30;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; ++i) {
      a[i + i * n] = 2;
      if (i > 0) a[i + (i - 1) * n] = a[i - 1 + i * n] = -1;
    }
    const input = await file('second-difference.npy', encodeNpy(a, n, n));
    for (const method of ['auto', ...methodNames]) {
      const out = `vectors-${method}.npy`;
      const result = await json('eigh', input, '--method', method, '--vectors', out);
      expect(Object.keys(result)).toEqual(['values', 'residual', 'orthogonality']);
      result.values.forEach((value: number, k: number) => {
        expect(value).toBeCloseTo(2 - 2 * Math.cos((Math.PI * (k + 1)) / (n + 1)), 13);
      });
      expect(result.residual).toBeLessThan(5);
      expect(result.orthogonality).toBeLessThan(5);
      const { a: z } = parseNpy(out, await readFile(join(scratch, out)));
      const first = z.subarray(0, n).map((x, i) => x / Math.sin((Math.PI * (i + 1)) / (n + 1)));
      for (const x of first) expect(Math.abs(x / first[0] - 1)).toBeLessThan(1e-12);
    }
    expect((await emft('eigh', input, '--vectors', 'vectors-qr.npy', '--force')).status).toBe(0);
  });

  test('Matrix Market, an empty matrix, and a table without --json', async () => {
    const input = await file('m.mtx', '%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n1\n');
    const { stdout, status } = await emft('eigh', input);
    expect(status).toBe(0);
    expect(stdout).toMatch(/k {2}eigenvalue\n0\s+-1\n1\s+3\nresidual: /);
    expect(await json('eigh', fixture('npy/empty.npy'))).toEqual({
      values: [],
      residual: 0,
      orthogonality: 0,
    });
  });
});

describe('figure', () => {
  test('leaves four files and a manifest, twice the same bytes, and keeps what is not its own', async () => {
    const first = await json('figure', '1c', '-o', 'figures');
    const names = [
      'fig1c.csv',
      'fig1c.md',
      'fig1c.parquet',
      'fig1c.pdf',
      'fig1c.png',
      'fig1c.svg',
      'manifest.json',
    ];
    expect((await readdir(join(scratch, 'figures'))).sort()).toEqual(names);
    const bytes = () =>
      Promise.all(names.slice(0, 4).map((name) => readFile(join(scratch, 'figures', name))));
    const before = await bytes();
    const second = await json('figure', '1c', '-o', 'figures');
    expect(second).toEqual(first);
    expect(await bytes()).toEqual(before);
    await writeFile(join(scratch, 'figures', 'fig1c.csv'), 'edited by hand');
    const { status, stderr } = await emft('figure', '1c', '-o', 'figures');
    expect(status).toBe(2);
    expect(stderr).toContain('fig1c.csv: was changed since emft wrote it');
    expect(await readFile(join(scratch, 'figures', 'fig1c.csv'), 'utf8')).toBe('edited by hand');
    expect((await emft('figure', '1c', '-o', 'figures', '--force')).status).toBe(0);
    expect(await bytes()).toEqual(before);
  });
});
