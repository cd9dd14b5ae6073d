// What a file says of itself first, and what it gives to others.
import { expect, test } from 'vitest';
import { programs, sources, text } from '../support/sources.js';

const rooms = ['assembly', 'src', 'cli/src', 'web/src', 'bench', 'test'];
const files = sources(...rooms);
const written = (file: string) => /^\/\/ (Generated|Written) by scripts\//.test(text(file));

test('every file opens with what it is about', () => {
  expect(files.length).toBeGreaterThan(400);
  expect(files.filter((file) => !/^(#!.*\n)?(\/\/ |\/\*\*)/.test(text(file)))).toEqual([]);
});

test('functions, constants and classes are exported where another file uses them', () => {
  const all = [...new Set([...files, ...programs('scripts', ...rooms)])];
  const words = new Map(all.map((file) => [file, new Set(text(file).match(/[A-Za-z_$][\w$]*/g))]));
  const users = (name: string) => all.filter((file) => words.get(file)!.has(name));
  const exported = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm;
  const unused = files
    .filter((file) => !file.startsWith('assembly/') && !written(file))
    .flatMap((file) => [...text(file).matchAll(exported)].map(([, name]) => ({ file, name })))
    .filter(({ name }) => users(name).length < 2)
    .map(({ file, name }) => `${file} ${name}`);
  expect(unused).toEqual([]);
});
