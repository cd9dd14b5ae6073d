// Writes cli/src/verify/published.ts from the built package. A hash that changes is a change of results: the difference
// belongs in CHANGELOG.md.
import { writeFileSync } from 'node:fs';
import { computations, hash } from '../cli/dist/verify/computations.js';
import { createCore } from '../dist/index.js';

const core = await createCore();
const lines = [];
for (const [name, compute] of Object.entries(computations)) {
  lines.push(`  '${name}': '${await hash(compute(core))}',`);
}
core.dispose();
writeFileSync(
  new URL('../cli/src/verify/published.ts', import.meta.url),
  `// The published hashes of computations.ts. Written by scripts/publish-hashes.js; do not edit.

export const published: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`,
);
