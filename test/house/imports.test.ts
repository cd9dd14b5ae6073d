// Layers only look down: which room may import which, and that no files import each other in a circle.
import { describe, expect, test } from 'vitest';
import { circles, importsOf, loadedWith, sources } from '../support/sources.js';

interface Layer {
  /** Folder of the room, or a file. */
  room: string;
  /** Rooms it may import beside itself. */
  below: readonly string[];
  /** Packages it may import. */
  packages?: RegExp;
}

// Files that everything may import: status codes, the protocol of steps, one multiplication and addition.
const leaves = ['assembly/status.ts', 'assembly/job.ts', 'assembly/fma.ts'];
const kernels = [...leaves, 'assembly/kernel', 'assembly/numeric'];
const node = 'node:.*';
const only = (...names: string[]) => new RegExp(`^(${names.join('|')})$`);
const emft = 'emft(/(accuracy|check|client|eigen))?';

// What the command and the page both read: matrices from their bytes, and models of spins ½. Nothing there knows of Node.
const shared = ['cli/src/files/matrix', 'cli/src/sweeps/spinModel', 'cli/src/sweeps/kinds/kind.ts'];

const layers: Layer[] = [
  { room: 'assembly/fma.ts', below: [] },
  { room: 'assembly/status.ts', below: [] },
  { room: 'assembly/job.ts', below: ['assembly/status.ts'] },
  // Tables and loops that scripts write.
  { room: 'assembly/generated', below: ['assembly/fma.ts'] },
  { room: 'assembly/kernel', below: [...leaves, 'assembly/generated'] },
  { room: 'assembly/numeric', below: [] },
  { room: 'assembly/eigen', below: [...kernels, 'assembly/build.ts'] },
  { room: 'assembly/lattice', below: [...kernels, 'assembly/eigen'] },
  { room: 'assembly/operator', below: kernels },
  { room: 'assembly/grain', below: kernels },
  { room: 'assembly/special', below: ['assembly/numeric', 'assembly/generated'] },
  {
    room: 'assembly/meanfield',
    below: [...leaves, 'assembly/numeric', 'assembly/special', 'assembly/generated'],
  },
  { room: 'assembly/random', below: ['assembly/numeric'] },
  { room: 'assembly/statistics', below: ['assembly/kernel', 'assembly/numeric', 'assembly/special'] },

  { room: 'src/wasm', below: [], packages: only('node:.*') },
  { room: 'src/eigen', below: ['src/wasm'] },
  { room: 'src/accuracy', below: ['src/wasm', 'src/eigen'] },
  { room: 'src/random', below: ['src/wasm'] },
  { room: 'src/statistics', below: ['src/wasm'] },
  { room: 'src/meanfield', below: ['src/wasm', 'src/eigen'] },
  { room: 'src/lattice', below: ['src/wasm', 'src/eigen', 'src/meanfield', 'src/random'] },
  { room: 'src/operator', below: ['src/wasm', 'src/eigen'] },
  // Of the mean field a grain has the names of its level statistics.
  { room: 'src/grain', below: ['src/wasm', 'src/eigen', 'src/operator', 'src/random', 'src/meanfield'] },
  { room: 'src/client', below: ['src/index.ts', 'src/wasm', 'src/eigen'] },
  { room: 'src/sun', below: ['src/wasm', 'src/eigen', 'src/operator', 'src/random'] },
  {
    room: 'src/check.ts',
    below: ['src/wasm', 'src/eigen', 'src/grain', 'src/lattice', 'src/meanfield', 'src/sun'],
  },

  {
    room: 'cli/src/files',
    below: [],
    packages: only(
      emft,
      node,
      '@observablehq/plot',
      '@resvg/resvg-js',
      'linkedom',
      'hyparquet-writer',
      'hyparquet',
    ),
  },
  {
    room: 'cli/src/sweeps',
    below: ['cli/src/files'],
    packages: only(emft, node, 'piscina', 'smol-toml', 'valibot', 'hyparquet'),
  },
  {
    room: 'cli/src/paper',
    below: ['cli/src/files', 'cli/src/sweeps'],
    packages: only(emft, node, '@observablehq/plot', '@resvg/resvg-js', 'fontkit', 'linkedom', 'pdfkit'),
  },
  { room: 'cli/src/explorer', below: ['cli/src/files'], packages: only(emft, node) },
  { room: 'cli/src/verify', below: ['cli/src/files'], packages: only(emft, node) },

  // What benchmark and page have in common: solvers, matrices, rounds, statistics.
  { room: 'web/src/lab', below: [], packages: only(emft) },
  { room: 'web/src/worker', below: ['web/src/views'], packages: only(emft) },
  {
    room: 'web/src/views',
    below: ['web/src/lab', 'web/src/page', 'web/src/worker', ...shared],
    packages: only(emft, '@observablehq/plot', 'ml-matrix'),
  },
  {
    room: 'web/src/page',
    below: ['web/src/views', 'web/src/worker', 'build'],
    packages: only(emft, '@observablehq/plot'),
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

  test('every file of the library and of assembly is in a room, or joins them', () => {
    const joins = ['src/index.ts', 'assembly/index.ts', 'assembly/border.ts', 'assembly/build.ts'];
    const homeless = sources('assembly', 'src').filter(
      (file) =>
        !file.startsWith('assembly/__tests__/') &&
        !joins.includes(file) &&
        !layers.some(({ room }) => inside(file, room)) &&
        !['assembly/status.ts', 'assembly/fma.ts'].includes(file),
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
          (!inside(from, 'cli') &&
            inside(to, 'cli') &&
            !(inside(from, 'web/src/views') && shared.some((room) => inside(to, room)))),
      )
      .map(({ from, to }) => arrow(from, to));
    expect(inner).toEqual([]);
  });

  test('an upward arrow is noticed', () => {
    const wrong = upward({ room: 'src/lattice', below: ['src/wasm'] });
    expect(wrong).toContain('src/lattice/dense.ts → src/eigen/eighOf.ts');
    // Types alone, too.
    expect(importsOf('cli/src/sweeps/kinds/kind.ts')).toContainEqual({
      from: 'cli/src/sweeps/kinds/kind.ts',
      to: 'emft/check',
    });
  });
});

test('no files import each other in a circle', () => {
  for (const folders of [['assembly'], ['src'], ['cli/src'], ['web/src'], ['bench']]) {
    const files = sources(...folders);
    expect(files.length).toBeGreaterThan(5);
    expect(circles(files)).toEqual([]);
  }
});

test('nothing that the page loads of the command knows of Node', () => {
  const loaded = loadedWith('web/src/views/index.ts');
  expect(loaded).toContain('cli/src/files/matrix/npy.ts');
  expect(loaded).toContain('cli/src/sweeps/spinModel/terms.ts');
  expect(loaded.filter((name) => name.startsWith('node:') || name === 'valibot')).toEqual([]);
});

test('what the command loads to read its arguments is its own, commander, and of the library the checks', () => {
  const loaded = [...loadedWith('cli/src/commands/program.ts'), ...loadedWith('cli/src/main.ts')];
  expect(loaded).toContain('cli/src/commands/eigh.ts');
  const packages = loaded.filter((name) => !name.endsWith('.ts') && !name.startsWith('node:'));
  expect([...new Set(packages)].sort()).toEqual(['commander', 'emft/accuracy', 'emft/check']);
  // A picture is drawn with more than a hundred modules.
  expect(loadedWith('cli/src/paper/figure3a/plot.ts')).toContain('@observablehq/plot');
});
