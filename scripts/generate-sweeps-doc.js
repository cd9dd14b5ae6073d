// Writes docs/sweeps.md from the registry of sweep kinds, as it was built last; test/docs/sweepKinds.test.ts says when it is not current.
import { writeFileSync } from 'node:fs';
import { kindsMarkdown } from '../cli/dist/sweeps/describe.js';

writeFileSync(new URL('../docs/sweeps.md', import.meta.url), kindsMarkdown());
