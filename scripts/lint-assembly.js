// Biome over assembly/: `node scripts/lint-assembly.js` checks, with --write it formats and mends what is safe.
// Biome parses TypeScript, in which functions have no decorators (@inline, @external), so it sees a copy in which those
// lines are comments. biome.json leaves assembly/ out; the rules below are those that a language with one kind of
// equality and with numbers of fixed width makes no sense of.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const write = process.argv.includes('--write');

const files = readdirSync(join(root, 'assembly'), { recursive: true })
  .map((name) => join('assembly', name))
  .filter((name) => name.endsWith('.ts') && !name.startsWith(join('assembly', 'generated')))
  .filter((name) => statSync(join(root, name)).isFile());

const hide = (text) => text.replace(/^( *)(@(?:inline|external\(.*\)))$/gm, '$1// decorator $2');
const show = (text) => text.replace(/^( *)\/\/ decorator (@.*)$/gm, '$1$2');

const copy = mkdtempSync(join(tmpdir(), 'emft-lint-'));
try {
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  config.files.includes = ['assembly/**'];
  config.linter.rules.suspicious = {
    noDoubleEquals: 'off',
    noSelfCompare: 'off',
    noApproximativeNumericConstant: 'off',
  };
  config.linter.rules.style = { ...config.linter.rules.style, useImportType: 'off' };
  config.linter.rules.correctness = { noPrecisionLoss: 'off' };
  writeFileSync(join(copy, 'biome.json'), JSON.stringify(config));
  for (const name of files) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    writeFileSync(join(copy, name), hide(readFileSync(join(root, name), 'utf8')));
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const mode = write ? ['check', '--write'] : ['check'];
  const { status } = spawnSync(process.execPath, [biome, ...mode, '--max-diagnostics=200', 'assembly'], {
    cwd: copy,
    stdio: 'inherit',
  });
  if (write) {
    for (const name of files) {
      const before = readFileSync(join(root, name), 'utf8');
      const after = show(readFileSync(join(copy, name), 'utf8'));
      if (after !== before) writeFileSync(join(root, name), after);
    }
  }
  process.exitCode = status ?? 1;
} finally {
  rmSync(copy, { recursive: true });
}
