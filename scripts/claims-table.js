// The table of claims of some figures: `node scripts/claims-table.js 2a.json 2b.json`, each the output of `emft figure … --json`.
import { readFileSync } from 'node:fs';
import { claimsMarkdown } from '../cli/dist/paper/claim.js';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node scripts/claims-table.js FILE…   (outputs of emft figure … --json; build first)');
  process.exit(2);
}
const claims = files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')).claims);
console.log(claimsMarkdown(claims, `Measured by \`emft figure\` for ${files.length} figures.`));
