// Writes src/wasm/bindings.ts and src/wasm/constants.ts, the TypeScript side of the border to WebAssembly, from what the
// compiler says of assembly/: the signatures it declares for each entry, and the values of assembly/border.ts.
// With --check it writes nothing and ends with status 1 when a file is not current.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const asc = fileURLToPath(import.meta.resolve('assemblyscript/asc')).replace(/dist\/asc\.js$/, 'bin/asc.js');
const scratch = mkdtempSync(join(tmpdir(), 'emft-bindings-'));
const TITLE = '// Written by scripts/generate-bindings.js (npm run bindings).';

/** Compiles `entry` without optimizing and returns its WebAssembly and the compiler's declarations. */
function compile(entry, config) {
  const { entries, options, targets } = config
    ? JSON.parse(readFileSync(join(root, config), 'utf8'))
    : {
        entries: [entry],
        options: { runtime: 'stub', use: ['abort='] },
        targets: { border: { enable: ['simd'] } },
      };
  const target =
    Object.values(targets).find(({ enable }) => enable.includes('threads')) ?? Object.values(targets)[0];
  const file = join(scratch, 'border.wasm');
  const settings = {
    entries,
    options: { ...options, ...target, optimizeLevel: 0, shrinkLevel: 0, bindings: ['raw'], outFile: file },
  };
  // Paths of a configuration are relative to it, and the compiler names files relative to where it runs.
  const path = join(scratch, 'asconfig.json');
  settings.entries = entries.map((name) => join(root, name));
  writeFileSync(path, JSON.stringify(settings));
  const { status } = spawnSync(process.execPath, [asc, '--config', path, '--baseDir', root], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error(`the compiler ended with status ${status}`);
  return { wasm: readFileSync(file), declarations: readFileSync(file.replace(/wasm$/, 'd.ts'), 'utf8') };
}

/** One method a function, grouped by the file that defines it; without those that are in `known` already. */
function methods(declarations, known = '') {
  const pattern =
    /\/\*\*\n {3}\* assembly\/(\S+)\/\S+\n((?: {3}\*.*\n)*?) {3}\*\/\n {2}export function (.*);/g;
  let before = '';
  let text = '';
  for (const [, file, tags, signature] of declarations.matchAll(pattern)) {
    // A returned bool arrives as 0 or 1; a parameter takes true and false.
    const returned = signature.replace(/\): boolean$/, '): number');
    if (known.includes(`  ${returned};\n`)) continue;
    if (file !== before) text += `\n  // assembly/${file}.ts\n`;
    before = file;
    const units = [...tags.matchAll(/@param (\w+) `(\w+)`/g)].filter(([, , type]) => type === 'usize');
    if (units.length > 0)
      text += `  /** Addresses or bytes: ${units.map(([, name]) => name).join(', ')}. */\n`;
    text += `  ${returned};\n`;
  }
  return text.trimStart();
}

function bindings() {
  const eigen = methods(compile('', 'asconfig.eigen.json').declarations);
  const others = methods(compile('', 'asconfig.json').declarations, eigen);
  return `${TITLE}

/** The functions of assembly/eigen/index.ts: the build of emft/eigen. */
export interface EigenBindings {
  ${eigen}}

/** The functions of assembly/index.ts: every build of emft. */
export interface CoreBindings extends EigenBindings {
  ${others}}
`;
}

/** The names of the constants that a file exports, apart from its functions. */
function constantsOf(file) {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/^export const (\w+)/gm)].map(([, name]) => name).join(', ');
}

/** The exported globals of assembly/border.ts, in the order of the file. */
async function constants() {
  const { wasm } = compile('assembly/border.ts');
  const { instance } = await WebAssembly.instantiate(wasm, {});
  const source = readFileSync(join(root, 'assembly/border.ts'), 'utf8');
  let text = `${TITLE}\n`;
  // What stands before the first import or export is about the file itself.
  const body = source.slice(source.indexOf('\n\n'));
  for (const line of body.split('\n')) {
    const comment = /^\/\/ .*/.exec(line)?.[0];
    const all = /^export \* from '\.\/(.*)'/.exec(line)?.[1];
    const names =
      /^export \{ (.*) \} from/.exec(line)?.[1] ??
      /^export const (\w+)/.exec(line)?.[1] ??
      (all ? constantsOf(`assembly/${all}.ts`) : '');
    if (comment) text += `\n${comment}\n`;
    for (const name of names.split(',').map((item) => item.trim().split(' ').at(-1))) {
      if (name) text += `export const ${name} = ${instance.exports[name].value};\n`;
    }
  }
  return text;
}

/** As biome lays it out, so that the check of formats says nothing of these files. */
function formatted(text, file) {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'format', `--stdin-file-path=${file}`],
    {
      cwd: root,
      input: text,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

try {
  for (const [file, text] of [
    ['src/wasm/bindings.ts', bindings()],
    ['src/wasm/constants.ts', await constants()],
  ]) {
    const wanted = formatted(text, file);
    const path = join(root, file);
    if (!process.argv.includes('--check')) writeFileSync(path, wanted);
    else if (readFileSync(path, 'utf8') !== wanted) {
      process.stderr.write(`${file} is not what the compiler says: run npm run bindings\n`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(scratch, { recursive: true });
}
