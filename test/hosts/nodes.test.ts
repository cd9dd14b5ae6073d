// The Node versions and other hosts in which tests run their processes are there, and are what they are named.
import { execFileSync } from 'node:child_process';
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
