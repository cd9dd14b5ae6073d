// Matrices of every kind, all exponents, every method and way, threads, cold processes on several Nodes: what
// test/fuzz/torture describes, for a night:
//   npm run torture -- [--minutes 10 | --rounds N] [--seed S] [--first R] [--jobs 2] [--log FILE] [--cases DIR]
//   npm run torture -- --replay CASE.json
// A round depends on the seed and its number alone: `--seed S --first R --rounds 1` runs round R of S again. Failures are
// written into DIR (torture-cases), one JSON file each, which `--replay` runs again. Exit status 1 after a failure.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MAJORS } from './nodes.js';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;

const installed = run(path('nodes.js'), ...MAJORS);
process.exitCode =
  installed === 0
    ? run('--import', 'tsx', path('../test/fuzz/torture/main.ts'), ...process.argv.slice(2))
    : installed;
