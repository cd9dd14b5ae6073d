// Draws the figures whose tables lie in a directory anew: `node scripts/redraw-figures.js docs/paper [3a …]` writes fig*.png and
// fig*.md there. Build first. The tables, and the revisions that computed them, stay as they are.
import { writeFileSync } from 'node:fs';
import { redrawn } from '../cli/dist/paper/redraw.js';

const [directory, ...wanted] = process.argv.slice(2);
if (directory === undefined) {
  console.error('usage: node scripts/redraw-figures.js DIRECTORY [NAME ...]   (build first)');
  process.exit(2);
}
for await (const [name, content] of redrawn(directory, wanted)) {
  writeFileSync(`${directory}/${name}`, content);
  console.log(name);
}
