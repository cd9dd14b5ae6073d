// What a file says of itself first, and what it gives to others.
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, programs, sources, text } from '../support/sources.js';

const rooms = ['assembly', 'src', 'cli/src', 'web/src', 'bench', 'test'];
const files = sources(...rooms);
const written = (file: string) => /^\/\/ (Generated|Written) by scripts\//.test(text(file));

test('every file opens with what it is about', () => {
  expect(files.length).toBeGreaterThan(400);
  expect(files.filter((file) => !/^(#!.*\n)?(\/\/ |\/\*\*)/.test(text(file)))).toEqual([]);
});

/** Where a name of a package or of something built is written. */
const PACKAGES: Record<string, string> = {
  emft: 'src/index.ts',
  'emft/accuracy': 'src/accuracy/index.ts',
  'emft/check': 'src/check.ts',
  'emft/client': 'src/client/index.ts',
  'emft/client/serve': 'src/client/serve.ts',
  'emft/eigen': 'src/eigen/index.ts',
};
const sourceOf = (to: string) => PACKAGES[to] ?? to.replace(/^(cli\/)?dist\/(.*)\.js$/, '$1src/$2.ts');

/** The names in the imports of a file; all of its code where it takes whole modules, or imports when it runs. */
function namesTaken(code: string): string {
  if (/\bimport\(|^(import|export) \* (as|from)|\brequire\(/m.test(code)) return code;
  return (code.match(/^(import|export) [^;'"(=]*\bfrom\b/gm) ?? []).join(' ');
}

const DECLARED =
  /^export (?:abstract |async |declare )*(?:function\*?|const|let|class|enum|interface|type) (\w+)/gm;
const PATTERN = /^export (?:const|let) ([[{][^=]*) =/gm;
/** Another file, all of whose exports are passed on. */
const PASSED = /^export (?:type )?\* from '(\.[^']+)'/gm;
const LIST = /^export (?:type )?\{([^}]*)\}/gm;

/** The names that a file exports, of values and of types, those of others that it passes on by name too. */
function exportsOf(code: string): string[] {
  const patterns = [...code.matchAll(PATTERN)].flatMap(([, names]) => names.match(/\w+/g) ?? []);
  const listed = [...code.matchAll(LIST)].flatMap(([, names]) => names.split(',').map((name) => name.trim()));
  const last = listed.filter((name) => name !== '').map((name) => name.split(' ').at(-1)!);
  return [...[...code.matchAll(DECLARED)].map(([, name]) => name), ...patterns, ...last];
}

/** The exports of a file that are not among the names which its users take. */
const unused = (code: string, users: readonly Set<string>[]): string[] =>
  exportsOf(code).filter((name) => !users.some((names) => names.has(name)));

describe('what is exported is used', () => {
  const all = [...new Set([...files, ...programs('scripts', 'bin', ...rooms)])];
  const wordsOf = (code: string) => new Set(code.match(/[A-Za-z_$][\w$]*/g));
  const words = new Map(all.map((file) => [file, wordsOf(text(file))]));
  // Of a file that takes others by name those names, of one that asks for them later all its words.
  const taken = new Map(all.map((file) => [file, wordsOf(namesTaken(text(file)))]));
  const importers = new Map<string, Set<string>>();
  for (const from of all.filter((file) => /\.[jt]s$/.test(file))) {
    for (const { to } of importsOf(from)) {
      const file = sourceOf(to);
      importers.set(file, (importers.get(file) ?? new Set()).add(from));
    }
  }
  // Constants of the border are read in what is written from it, exports of a build in its bindings, below.
  importers.set('assembly/border.ts', importers.get('src/wasm/constants.ts')!);
  // A test of the kernels is compiled by itself, and the tasks are loaded by their address.
  const entries = ['assembly/index.ts', 'assembly/eigen/index.ts', 'assembly/__tests__/kernel/products.ts'];
  entries.push('cli/src/sweeps/taskKinds.ts');
  // What a package offers, and all that its entries pass on; what a build offers is listed in the exports of its rooms.
  const offered = new Set(Object.values(PACKAGES));
  for (const entry of offered) {
    for (const [, name] of text(entry).matchAll(PASSED))
      offered.add(join(dirname(entry), name).replace(/\.js$/, '.ts'));
  }
  entries.push(...offered);
  const passedOn = /^assembly\/\w+\/(exports|drivers)\.ts$/;

  /** Files that import from one, or from one that passes on all that it exports. */
  function usersOf(file: string): Set<string> {
    const found = new Set(importers.get(file));
    for (const one of found) {
      if (text(one).search(PASSED) >= 0) for (const next of importers.get(one) ?? []) found.add(next);
    }
    return found;
  }
  const unusedIn = (file: string) =>
    unused(
      text(file),
      [...usersOf(file)].map((user) => taken.get(user)!),
    );

  test('functions, constants, classes and types by a file that imports them', () => {
    const unused = files
      .filter(
        (file) =>
          !written(file) && !entries.includes(file) && !passedOn.test(file) && !file.endsWith('.test.ts'),
      )
      .flatMap((file) => unusedIn(file).map((name) => `${file} ${name}`));
    expect(unused).toEqual([]);
  });

  test('an export of every kind is found, and missed where nobody takes it', () => {
    const code = `
import { other } from './other.js';
const listed = 1, renamed = 2;
type Quiet = number;
function inner(): Quiet { return listed + renamed + other; }
export function plain() { return inner(); }
export async function* later() {}
export const value = 1;
export let state = 0;
export class Thing {}
export abstract class Abstract {}
export enum Choice { one }
export interface Shape { inside: number }
export type Alias = Shape;
@inline
export function inlined() {}
export const [FIRST, SECOND] = [1, 2];
export {
  listed,
  renamed as name,
  type Quiet,
};
export type { Passed } from './other.js';
export * from './another.js';
`;
    const kinds = [
      'plain',
      'later',
      'value',
      'state',
      'Thing',
      'Abstract',
      'Choice',
      'Shape',
      'Alias',
      'inlined',
    ];
    kinds.push('FIRST', 'SECOND', 'listed', 'name', 'Quiet', 'Passed');
    expect(unused(code, [])).toEqual(kinds);
    for (const name of kinds) {
      const rest = kinds.filter((kind) => kind !== name);
      expect(unused(code, [new Set(rest), new Set(['inside', 'inner'])])).toEqual([name]);
    }
  });

  test('an export that nobody takes is noticed, though its name is in use elsewhere', () => {
    expect(unusedIn('src/wasm/bindings.ts')).toEqual([]);
    expect(usersOf('src/operator/paulis.ts')).not.toContain('src/operator/public.ts');
    expect(usersOf('assembly/operator/bath.ts')).toContain('assembly/operator/exports.ts');
  });

  test('every function of the builds is called', () => {
    const names = [...text('src/wasm/bindings.ts').matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
    expect(names).toContain('bathRow');
    const callers = all.filter((file) => !file.startsWith('assembly/') && file !== 'src/wasm/bindings.ts');
    expect(names.filter((name) => !callers.some((file) => words.get(file)!.has(name)))).toEqual([]);
  });
});
