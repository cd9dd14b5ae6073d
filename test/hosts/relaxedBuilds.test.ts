// The relaxed builds in a Node that has relaxed SIMD and in one that has not.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { type NodeMajor, nodeBinary } from '../support/nodes.js';

const { version } = packageJson;

/** What test/support/hostCall.mjs prints in that Node: 20 has no relaxed SIMD, 22 has. */
async function callIn(major: NodeMajor, options: object): Promise<unknown> {
  const script = fileURLToPath(new URL('../support/hostCall.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(nodeBinary(major), [script, JSON.stringify(options)]);
  return JSON.parse(stdout);
}

const relaxed = new URL('../../build/emft.relaxed.wasm', import.meta.url).href;

test('relaxed builds where relaxed SIMD is', async () => {
  const call = (options: object) => callIn('22', options);
  expect(await call({ wasm: relaxed, build: 'relaxed' })).toEqual({ threads: 1, notes: [], values: [1, 3] });
  expect(await call({ wasm: relaxed })).toEqual({
    typed: true,
    name: 'InputError',
    message: `options.wasm: expected emft.simd.wasm of version ${version} for build 'simd' and threads 1, got emft.relaxed.wasm of version ${version}`,
  });
});

test('relaxed builds where relaxed SIMD is not', async () => {
  const call = (options: object) => callIn('20', options);
  for (const build of ['simd', 'relaxed']) {
    expect(await call({ wasm: relaxed, build })).toMatchObject({
      typed: true,
      name: 'EmftError',
      message: expect.stringMatching(
        /^cannot compile file:.*emft\.relaxed\.wasm: .* \(this host has no relaxed SIMD: .* those named simd\)$/,
      ),
    });
    expect(await call({ bytes: relaxed, build })).toMatchObject({
      typed: true,
      name: 'InputError',
      message: expect.stringMatching(/^options\.wasm: does not compile: .* \(this host has no relaxed SIMD/),
    });
  }
});
