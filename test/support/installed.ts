// The library installed into an empty project, with programs that use it and what they answer.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { published } from '../../cli/src/verify/published.js';
import { INSTALL, npm, root } from './packed.js';

export const bin = (name: string) => join(root, 'node_modules/.bin', name);

/** The second eigenvalue of the path of three sites is 0; the mean-field number is that of the README. */
const whole = `import { createCore, drhCouplings } from 'emft';
const core = await createCore();
const { etaTot } = core.solveMeanField(drhCouplings({ g0: 0.5, alpha: Math.SQRT1_2 - 0.07, n: 50 }));
const { values } = core.eigh(Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0), 3);
globalThis.answer = [(etaTot / Math.LN2).toFixed(2), ...Array.from(values, (x) => x.toFixed(4).replace('-0.0000', '0.0000'))].join(' ');
`;
const wholeAnswer = '32.83 -1.4142 0.0000 1.4142';

const eigenOnly = `import { createEigenCore } from 'emft/eigen';
const core = await createEigenCore();
const { values } = core.eigh(Float64Array.of(2, -1, -1, 2), 2);
globalThis.answer = Array.from(values, (x) => x.toFixed(3)).join(' ');
`;
const eigenAnswer = '1.000 3.000';

/** One of the published hashes: what ran, and the bits. The core may be a client. */
const hashed = `const n = 300;
const { values, vectors } = await core.eigh(await core.goe(n, { seed: 20220, stream: n }), n, { method: 'dc' });
const bytes = new Uint8Array(values.byteLength + vectors.byteLength);
bytes.set(new Uint8Array(values.buffer));
bytes.set(new Uint8Array(vectors.buffer), values.byteLength);
const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
globalThis.answer = [core.threads, ...core.notes, hash].join(' ');
`;

/** On two threads. */
const threaded = `import { createCore } from 'emft';
const core = await createCore({ threads: 2, ...globalThis.coreOptions });
${hashed}`;

/** The same in a worker of its own, which has the two threads. */
const remote = `import { createClient } from 'emft/client';
const core = await createClient({ threads: 2 });
${hashed}`;
export const hash = published['eigh dc n=300'];
export const threadedAnswer = `2 ${hash}`;
export const programs: [string, string][] = [
  ['whole', wholeAnswer],
  ['eigen', eigenAnswer],
  ['threads', threadedAnswer],
  ['client', threadedAnswer],
];

/** Installs a tarball into the folder `project`, where the programs lie beside it, and returns what npm says. */
export async function install(tarball: string, project: string): Promise<string> {
  await mkdir(project);
  await writeFile(join(project, 'package.json'), '{ "name": "project", "private": true, "type": "module" }');
  const { stdout } = await npm([...INSTALL, tarball], project);
  await writeFile(join(project, 'whole.js'), whole);
  await writeFile(join(project, 'eigen.js'), eigenOnly);
  await writeFile(join(project, 'threads.js'), threaded);
  await writeFile(join(project, 'client.js'), remote);
  return stdout;
}
