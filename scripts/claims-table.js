// Gathers the claims of the figures whose tables lie in a directory, in three groups: `node scripts/claims-table.js docs/paper`
// writes docs/paper/claims.md anew. Build first. Nothing is computed but the theory: all numbers come from the tables.
import { writeFileSync } from 'node:fs';
import { createCore } from 'emft';
import { gatherClaims } from '../cli/dist/paper/gather.js';

const directory = process.argv[2];
if (directory === undefined) {
  console.error(
    'usage: node scripts/claims-table.js DIRECTORY   (with the tables of emft figure; build first)',
  );
  process.exit(2);
}
const core = await createCore();
try {
  writeFileSync(`${directory}/claims.md`, await gatherClaims(directory, core));
} finally {
  core.dispose();
}
