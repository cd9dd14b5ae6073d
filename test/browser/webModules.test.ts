// What ends up in which bundle of the page. Which of its files may import which is looked after in test/house.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const bundles = fileURLToPath(new URL('../../cli/dist/web/assets', import.meta.url));

test('the bundle of the page has no task, the one of the worker nothing of the page', async () => {
  const files = await readdir(bundles);
  const read = (name: RegExp) => readFile(join(bundles, files.find((file) => name.test(file)) ?? ''), 'utf8');
  const [page, worker] = [await read(/^start-.*\.js$/), await read(/^worker-.*\.js$/)];
  // And no build that the page never asks for.
  const builds = files.filter((file) => file.endsWith('.wasm'));
  expect(builds.filter((file) => !/^emft\.simd-(threads-)?[\w-]{8}\.wasm$/.test(file))).toEqual([]);
  expect(builds).toHaveLength(2);
  expect(worker).toContain('resonanceDistribution');
  expect(page).not.toContain('resonanceDistribution');
  expect(page).toContain('createElementNS');
  expect(worker).not.toMatch(/createElement|Press Run/);
});
