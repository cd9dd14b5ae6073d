// Layers only look down: which room may import which, and that neither files nor folders import each other in a circle.
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { circles, importsOf, loadedWith, returns, sources, text } from '../support/sources.js';

interface Layer {
  /** Folder of the room, or a file. */
  room: string;
  /** Rooms it may import beside itself. */
  below: readonly string[];
  /** Packages it may import. */
  packages?: RegExp;
}

const node = 'node:.*';
const only = (...names: string[]) => new RegExp(`^(${names.join('|')})$`);
/** Plots without a browser. */
const drawing = ['@observablehq/plot', '@resvg/resvg-js', 'linkedom'];
const emft = 'emft(/(accuracy|check|client(/serve)?|eigen))?';

const libraryRooms = [
  'eigen',
  'grain',
  'lattice',
  'matrixMarket',
  'meanfield',
  'operator',
  'random',
  'statistics',
  'sun',
  'wasm',
].map((name) => `src/${name}`);
const assemblyRooms = [
  ...['eigen', 'grain', 'kernel', 'lattice', 'meanfield'],
  ...['numeric', 'operator', 'random', 'special', 'statistics'],
].map((name) => `assembly/${name}`);

// The protocol of steps with its status codes, and what is computed with.
const steps = ['assembly/status.ts', 'assembly/job.ts'];
const kernels = ['assembly/kernel', 'assembly/numeric'];

const layers: Layer[] = [
  { room: 'assembly/fma.ts', below: [] },
  { room: 'assembly/status.ts', below: [] },
  { room: 'assembly/job.ts', below: ['assembly/status.ts', 'assembly/numeric'] },
  { room: 'assembly/build.ts', below: [] },
  // Tables and loops that scripts write.
  { room: 'assembly/generated', below: ['assembly/fma.ts'] },
  {
    room: 'assembly/kernel',
    below: ['assembly/job.ts', 'assembly/numeric', 'assembly/fma.ts', 'assembly/generated'],
  },
  { room: 'assembly/numeric', below: [] },
  { room: 'assembly/eigen', below: [...steps, 'assembly/fma.ts', ...kernels, 'assembly/build.ts'] },
  { room: 'assembly/lattice', below: [...steps, ...kernels] },
  { room: 'assembly/operator', below: [...steps, ...kernels] },
  {
    room: 'assembly/grain',
    below: [...steps, 'assembly/fma.ts', 'assembly/generated', ...kernels],
  },
  { room: 'assembly/special', below: ['assembly/numeric', 'assembly/generated'] },
  {
    room: 'assembly/meanfield',
    below: [...steps, 'assembly/numeric', 'assembly/special', 'assembly/generated'],
  },
  { room: 'assembly/random', below: ['assembly/numeric'] },
  { room: 'assembly/statistics', below: [...steps, ...kernels, 'assembly/special'] },
  // What joins them: the exports of a build, and what both sides of the border know.
  { room: 'assembly/index.ts', below: [...assemblyRooms, 'assembly/build.ts'] },
  {
    room: 'assembly/border.ts',
    below: [
      ...['eigen', 'kernel', 'lattice', 'meanfield', 'numeric', 'operator', 'statistics'],
      ...['status.ts', 'build.ts'],
    ].map((name) => `assembly/${name}`),
  },

  { room: 'src/wasm', below: [], packages: only('node:.*') },
  { room: 'src/eigen', below: ['src/wasm'] },
  { room: 'src/accuracy', below: ['src/wasm', 'src/eigen'] },
  { room: 'src/random', below: ['src/wasm'] },
  { room: 'src/statistics', below: ['src/wasm'] },
  // Sparse matrices from lists of entries, of programs and of files.
  { room: 'src/sparse', below: ['src/wasm'] },
  { room: 'src/matrixMarket', below: ['src/wasm', 'src/sparse'] },
  { room: 'src/meanfield', below: ['src/wasm'] },
  { room: 'src/lattice', below: ['src/wasm', 'src/eigen', 'src/meanfield', 'src/random'] },
  { room: 'src/operator', below: ['src/wasm', 'src/eigen', 'src/sparse'] },
  // Of the mean field a grain has the names of its level statistics.
  { room: 'src/grain', below: ['src/wasm', 'src/eigen', 'src/operator', 'src/random', 'src/meanfield'] },
  { room: 'src/client', below: ['src/index.ts', 'src/wasm', 'src/eigen', 'src/operator'] },
  { room: 'src/sun', below: ['src/wasm', 'src/eigen', 'src/operator', 'src/random'] },
  {
    room: 'src/check.ts',
    below: ['eigen', 'grain', 'lattice', 'matrixMarket', 'meanfield', 'sparse', 'sun', 'wasm'].map(
      (name) => `src/${name}`,
    ),
  },
  { room: 'src/index.ts', below: libraryRooms },

  // What the command and the page both understand: matrices from their bytes, models of spins ½. It knows nothing of Node.
  { room: 'cli/src/common', below: [], packages: only('emft(/check)?') },
  {
    room: 'cli/src/files',
    below: ['cli/src/common'],
    packages: only(emft, node, ...drawing, 'hyparquet-writer', 'hyparquet'),
  },
  {
    room: 'cli/src/sweeps',
    below: ['cli/src/common', 'cli/src/files'],
    packages: only(emft, node, 'piscina', 'smol-toml', 'valibot', 'hyparquet'),
  },
  {
    room: 'cli/src/paper',
    below: ['cli/src/common', 'cli/src/files', 'cli/src/sweeps'],
    packages: only(emft, node, ...drawing, 'fontkit', 'pdfkit', 'valibot'),
  },
  { room: 'cli/src/explorer', below: [], packages: only(emft, node) },
  { room: 'cli/src/verify', below: [], packages: only(emft) },
  {
    room: 'cli/src/commands',
    below: ['common', 'files', 'sweeps', 'paper', 'explorer', 'verify'].map((name) => `cli/src/${name}`),
    packages: only(emft, node, 'commander', 'cli-progress'),
  },
  { room: 'cli/src/library.ts', below: [], packages: only(node) },
  {
    room: 'cli/src/main.ts',
    below: ['cli/src/library.ts', 'cli/src/commands/program.ts', 'cli/src/files/streams.ts'],
    packages: only(node),
  },

  // What benchmark and page have in common: solvers, matrices, rounds, statistics.
  { room: 'web/src/lab', below: [], packages: only(emft) },
  // What a task is, and what tasks keep and lay out alike.
  { room: 'web/src/tasks', below: [], packages: only(emft) },
  // What a view is made of: of the page, which opens views, they know nothing else.
  {
    room: 'web/src/parts',
    below: ['web/src/tasks', 'cli/src/common'],
    packages: only(emft, '@observablehq/plot'),
  },
  {
    room: 'web/src/views',
    below: ['web/src/lab', 'web/src/parts', 'web/src/tasks', 'cli/src/common'],
    packages: only(emft, '@observablehq/plot', 'ml-matrix'),
  },
  // Where tasks are run, by the names of the registry.
  { room: 'web/src/worker', below: ['web/src/views/index.ts', 'web/src/tasks'], packages: only(emft) },
  {
    room: 'web/src/page',
    below: ['web/src/views/index.ts', 'web/src/worker', 'web/src/parts', 'cli/src/common', 'build'],
    packages: only(emft, '@observablehq/plot'),
  },

  // A script by itself, which the page names but does not import.
  { room: 'web/src/offline', below: [] },

  // Solvers are timed by what measures them inside, native ones in processes of their own.
  { room: 'bench/native', below: ['web/src/lab'], packages: only(node) },
  {
    room: 'bench/solvers',
    below: ['web/src/lab', 'bench/native', 'bench/machine.ts', 'bench/refusal.ts'],
    packages: only(emft, node, 'mathjs', 'ml-matrix', 'webr'),
  },
  {
    room: 'bench/lab',
    below: ['web/src/lab', 'src/accuracy', 'bench/solvers', 'bench/machine.ts', 'bench/refusal.ts'],
    packages: only(emft, node, ...drawing),
  },
  // The page is timed as its tests open it.
  {
    room: 'bench',
    below: ['web/src/lab', 'src/accuracy', 'test/support/browser'],
    packages: only(emft, node, ...drawing, 'playwright-core', 'tinybench', 'mathjs', 'ml-matrix', 'webr'),
  },
];

const inside = (file: string, room: string) => file === room || file.startsWith(`${room}/`);
const arrow = (from: string, to: string) => `${from} → ${to}`;

/** Arrows out of a room that lead neither below nor to a package it may import. */
function upward({ room, below, packages }: Layer): string[] {
  return sources(room)
    .flatMap(importsOf)
    .filter(({ to }) => {
      if (/^[\w@]/.test(to) && !to.includes('.ts') && !/^(assembly|build|src|cli|web|bench)\//.test(to)) {
        return !packages?.test(to);
      }
      return ![room, ...below].some((allowed) => inside(to, allowed));
    })
    .map(({ from, to }) => arrow(from, to));
}

describe('a room imports what lies below it', () => {
  test.each(layers.map((layer) => [layer.room, layer] as const))('%s', (room, layer) => {
    expect(sources(room).length).toBeGreaterThan(0);
    expect(upward(layer)).toEqual([]);
  });

  test('and no arrow is allowed that nothing takes', () => {
    const unused = layers.flatMap(({ room, below }) => {
      const taken = sources(room).flatMap(importsOf);
      return below
        .filter((lower) => !taken.some(({ to }) => inside(to, lower)))
        .map((lower) => arrow(room, lower));
    });
    expect(unused).toEqual([]);
  });

  test('every file is in a room', () => {
    const homeless = sources('assembly', 'src', 'cli/src', 'web/src', 'bench').filter(
      (file) =>
        !file.startsWith('assembly/__tests__/') &&
        // A new folder of bench/ is a room of its own.
        !layers.some(({ room }) => (room === 'bench' ? dirname(file) === room : inside(file, room))),
    );
    expect(homeless).toEqual([]);
  });

  test('the library imports no package but Node itself, the command and the page nothing of its inside', () => {
    const foreign = sources('src')
      .flatMap(importsOf)
      .filter(({ to }) => !to.startsWith('src/') && !to.startsWith('node:'))
      .map(({ from, to }) => arrow(from, to));
    expect(foreign).toEqual([]);
    const inner = sources('cli/src', 'web/src', 'bench')
      .flatMap(importsOf)
      .filter(
        ({ from, to }) =>
          // How good a decomposition is and how long it takes is measured inside, too.
          (/^(src|assembly|dist)\//.test(to) && !(inside(from, 'bench') && inside(to, 'src/accuracy'))) ||
          (!inside(from, 'cli') && inside(to, 'cli') && !inside(to, 'cli/src/common')),
      )
      .map(({ from, to }) => arrow(from, to));
    expect(inner).toEqual([]);
  });

  test('an upward arrow is noticed', () => {
    const wrong = upward({ room: 'src/lattice', below: ['src/wasm'] });
    expect(wrong).toContain('src/lattice/dense.ts → src/eigen/eighOf.ts');
    // Types alone, too.
    expect(importsOf('cli/src/sweeps/kind.ts')).toContainEqual({
      from: 'cli/src/sweeps/kind.ts',
      to: 'emft/check',
    });
  });
});

test('no files import each other in a circle, and no chain of imports leaves a folder and enters it again', () => {
  for (const folder of ['assembly', 'src', 'cli/src', 'web/src', 'bench']) {
    const files = sources(folder);
    expect(files.length).toBeGreaterThan(5);
    expect(circles(files)).toEqual([]);
    expect(returns(files)).toEqual([]);
  }
});

test('a return to a folder is noticed', () => {
  const next: Record<string, string[]> = {
    'a/b/upper.ts': ['a/shared.ts'],
    'a/b/lower.ts': [],
    'a/shared.ts': ['a/c/one.ts'],
    'a/c/one.ts': ['a/b/lower.ts'],
  };
  const found = returns(Object.keys(next), (file) => next[file]);
  expect(found).toEqual(['a/b/upper.ts → a/shared.ts → a/c/one.ts → a/b/lower.ts']);
});

test('nothing that the page loads knows of Node', () => {
  const loaded = loadedWith('web/src/views/index.ts');
  expect(loaded).toContain('cli/src/common/matrix/npy.ts');
  expect(loaded).toContain('cli/src/common/spinModel/terms.ts');
  expect(loaded.filter((name) => name.startsWith('node:') || name === 'valibot')).toEqual([]);
});

test('a task knows nothing of the page that asks for it', () => {
  const loaded = loadedWith('web/src/tasks/task.ts');
  for (const task of sources('web/src/views').filter((file) => file.endsWith('/task.ts'))) {
    loaded.push(...loadedWith(task));
  }
  expect(loaded).toContain('web/src/views/story/task.ts');
  const ofPage = (file: string) => inside(file, 'web/src/page') || inside(file, 'web/src/parts');
  expect(loaded.filter(ofPage)).toEqual([]);
});

test('what the command loads to read its arguments is its own, commander, and of the library the checks', () => {
  const start = ['cli/src/main.ts', 'cli/src/commands/program.ts'].flatMap(loadedWith);
  const isCommand = (file: string) => /^export const \w+ = command\(/m.test(text(file));
  const commands = sources('cli/src/commands').filter(isCommand);
  expect(commands).toContain('cli/src/commands/eigh.ts');
  // The one that is called is read when it is called.
  expect(start.filter((file) => commands.includes(file))).toEqual([]);
  const loaded = [...start, ...commands.flatMap(loadedWith)];
  const packages = loaded.filter((name) => !name.endsWith('.ts') && !name.startsWith('node:'));
  expect([...new Set(packages)].sort()).toEqual(['commander', 'emft/accuracy', 'emft/check']);
  // A picture is drawn with more than a hundred modules.
  expect(loadedWith('cli/src/paper/figure3a/plot.ts')).toContain('@observablehq/plot');
});
