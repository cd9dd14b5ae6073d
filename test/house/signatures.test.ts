// What one reads at a sitting: how many parameters and lines a function has, and how long a file is. AssemblyScript is
// read as TypeScript, which it is but for decorators. What a script writes counts for nothing.
import ts from 'typescript';
import { expect, test } from 'vitest';
import { programs, text } from '../support/sources.js';

/** Positional parameters: beyond, a record. Kernels have those of BLAS. */
const PARAMETERS = { assembly: 12, typescript: 8 };
/** Lines of a function that are not comments. */
const FUNCTION = 80;
const FILE = 300;

/** Functions that are longer, and why. */
const exceptions: Record<string, string> = {};

const written = (file: string) => /^\/\/ (Generated|Written) by scripts\//.test(text(file));
const rooms = ['assembly', 'src', 'cli/src', 'web', 'bench', 'docs', 'test', 'scripts', 'bin'];
const files = programs(...rooms).filter((file) => /\.([jt]s|vue)$/.test(file) && !written(file));

interface Signature {
  name: string;
  parameters: number;
  lines: number;
}

const COMMENT = /^\s*(\/\/|\/?\*|$)/;

/** What describe() takes is no function that one reads at a sitting: it groups tests, each of which is one. */
function isGroup({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && parent.expression.getText().startsWith('describe');
}

/** The script of a component. */
const scriptOf = (component: string) => /<script[^>]*>(.*?)<\/script>/s.exec(component)?.[1] ?? '';

function signatures(file: string): Signature[] {
  const code = file.endsWith('.vue') ? scriptOf(text(file)) : text(file);
  const lines = code.split('\n');
  const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const line = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
  const found: Signature[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && !isGroup(node)) {
      const own = lines.slice(line(node.getStart()), line(node.end) + 1).filter((one) => !COMMENT.test(one));
      found.push({
        name: `${file} ${node.name?.getText() ?? `line ${line(node.getStart()) + 1}`}`,
        parameters: node.parameters.length,
        lines: own.length,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const all = files.flatMap(signatures);

test('the files are there, and functions of both languages are found in them', () => {
  expect(all.length).toBeGreaterThan(1000);
  expect(all.find(({ name }) => name === 'assembly/kernel/vectors.ts axpy')).toMatchObject({
    parameters: 4,
    lines: 9,
  });
  for (const room of rooms) expect(files.some((file) => file.startsWith(`${room}/`))).toBe(true);
});

test('no function has more positional parameters than it may', () => {
  const most = (name: string) => (name.startsWith('assembly/') ? PARAMETERS.assembly : PARAMETERS.typescript);
  expect(all.filter(({ name, parameters }) => parameters > most(name))).toEqual([]);
});

test('no function is longer than 80 lines of code', () => {
  expect(all.filter(({ name, lines }) => lines > FUNCTION && !(name in exceptions))).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  const folders = ['assembly', 'src', 'cli', 'web', 'bench', 'docs', 'test', 'scripts', 'bin'];
  const people = programs(...folders).filter((file) => !written(file));
  for (const folder of folders) expect(people.some((file) => file.startsWith(`${folder}/`))).toBe(true);
  expect(people).toContain('assembly/__tests__/eigen/eigenpairs.spec.ts');
  const lengths = people.map((file) => ({ file, lines: text(file).split('\n').length - 1 }));
  expect(lengths.filter(({ lines }) => lines > FILE)).toEqual([]);
});
