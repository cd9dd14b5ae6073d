// The Node versions in which other tests run their processes are there, and are what they are named.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { nodeBinary, nodeMajors } from '../support/nodes.js';

test.each(nodeMajors)('Node %s is installed for the tests', (major) => {
  expect(execFileSync(nodeBinary(major), ['--version'], { encoding: 'utf8' })).toMatch(`v${major}.`);
});

test('each supported line of Node is one of them', async () => {
  const { engines } = (await import('../../package.json', { with: { type: 'json' } })).default;
  expect(`>=${nodeMajors[0]}.19`).toBe(engines.node);
});
