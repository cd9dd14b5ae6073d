// Pictures of the documentation are opaque and light: one that had lost its background was black, with black axes.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { root } from '../support/markdown.js';

const folders = ['docs/images', 'docs/bench', 'docs/paper', 'docs/findings'];
const pictures = (
  await Promise.all(
    folders.map(async (folder) => (await readdir(join(root, folder))).map((name) => `${folder}/${name}`)),
  )
)
  .flat()
  .filter((path) => path.endsWith('.png'));

/** Red, green, blue and opacity of the pixel in the upper left corner, which no filter of PNG changes. */
function corner(png: Buffer): number[] {
  const chunks = new Map<string, Buffer[]>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    chunks.set(name, [...(chunks.get(name) ?? []), png.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  const [head] = chunks.get('IHDR')!;
  const [depth, kind] = [head[8], head[9]];
  const [, ...bytes] = inflateSync(Buffer.concat(chunks.get('IDAT')!)).subarray(0, 5);
  if (kind === 6) return bytes;
  if (kind === 2) return [...bytes.slice(0, 3), 255];
  expect(kind).toBe(3);
  const index = bytes[0] >> (8 - depth);
  const palette = chunks.get('PLTE')![0];
  return [...palette.subarray(3 * index, 3 * index + 3), chunks.get('tRNS')?.[0][index] ?? 255];
}

test('there are some', () => expect(pictures.length).toBeGreaterThan(20));

test.each(pictures)('%s', async (path) => {
  const [red, green, blue, opacity] = corner(await readFile(join(root, path)));
  expect(opacity).toBe(255);
  expect(Math.min(red, green, blue)).toBeGreaterThan(200);
});
