// The Node versions and other hosts in which tests run their processes are there, and are what they are named.
import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
// @ts-expect-error: plain JavaScript
import { MAJORS } from '../../scripts/nodes.js';
import { nodeBinary, nodeMajors } from '../support/nodes.js';

test.each(nodeMajors)('Node %s is installed for the tests', (major) => {
  expect(execFileSync(nodeBinary(major), ['--version'], { encoding: 'utf8' })).toMatch(`v${major}.`);
});

test.each([
  ['deno', /^deno 2\./],
  ['bun', /^1\./],
  ['workerd', /^workerd \d{4}-/],
] as const)('%s is installed for the tests', (name, version) => {
  expect(execFileSync(nodeBinary(name), ['--version'], { encoding: 'utf8' })).toMatch(version);
});

test('each supported line of Node is one of them', async () => {
  const { engines } = (await import('../../package.json', { with: { type: 'json' } })).default;
  expect(nodeMajors).toEqual(MAJORS);
  expect(`>=${nodeMajors[0]}.19`).toBe(engines.node);
});

test.skipIf(process.platform === 'win32')(
  'two that install a host at once do each other no harm',
  async () => {
    const root = await mkdtemp(join(tmpdir(), 'emft-nodes-'));
    const at = (...path: string[]) => join(root, ...path);
    await mkdir(at('scripts'));
    await mkdir(at('bin'));
    await cp(fileURLToPath(new URL('../../scripts/nodes.js', import.meta.url)), at('scripts/nodes.js'));
    await writeFile(at('scripts/package.json'), '{ "type": "module" }');
    // What npm would bring, in two writes, between which another process may look.
    const npm = `#!${process.execPath}
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { platform, arch } = process;
const file = join('node_modules', '@cloudflare', 'workerd-' + platform + '-' + (arch === 'x64' ? '64' : arch), 'bin', 'workerd');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, '#!/bin/sh\\n', { mode: 0o755 });
setImmediate(() => appendFileSync(file, 'echo workerd 2026-01-01\\n'));
`;
    await writeFile(at('bin/npm'), npm, { mode: 0o755 });
    // One that does not run is replaced.
    await mkdir(at('node_modules/.cache/nodes/workerd'), { recursive: true });
    const env = { ...process.env, PATH: `${at('bin')}${delimiter}${process.env.PATH}` };
    const install = () => promisify(execFile)(process.execPath, [at('scripts/nodes.js'), 'workerd'], { env });
    await Promise.all(Array.from({ length: 4 }, install));
    // Nothing is left beside it, and what is there already stays.
    expect(await readdir(at('node_modules/.cache/nodes'))).toEqual(['workerd']);
    await rm(at('bin/npm'));
    await install();
    await rm(root, { recursive: true });
  },
);
