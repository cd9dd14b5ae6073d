// `npm run docs` builds without a warning: typedoc.json makes warnings of whatever public has no comment errors. Beyond
// that every method says what its arguments may be, what it returns and what it throws.
import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../support/markdown.js';

const run = promisify(execFile);

interface Comment {
  summary: { text: string }[];
  blockTags?: { tag: string; content: { text: string }[] }[];
}
interface Signature {
  comment?: Comment;
  parameters?: { name: string; comment?: Comment; type: { type: string } }[];
}
interface Reflection {
  name: string;
  /** Of a method declared as a property: what is not about arguments or the result stays here. */
  comment?: Comment;
  children?: Reflection[];
  signatures?: Signature[];
  type?: { declaration?: Reflection };
}

let scratch: string;
let modules: Reflection[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-api-'));
  const args = ['--out', join(scratch, 'html'), '--json', join(scratch, 'api.json')];
  // A warning ends it with an error that shows all of them.
  await run(process.execPath, [join(root, 'node_modules/typedoc/bin/typedoc'), ...args], { cwd: root });
  modules = JSON.parse(await readFile(join(scratch, 'api.json'), 'utf8')).children;
}, 120_000);

afterAll(() => rm(scratch, { recursive: true, force: true }));

const text = (parts: { text: string }[] = []) => parts.map((part) => part.text).join('');

/** Functions of a module and methods of its cores. */
function functions({ children = [] }: Reflection): Reflection[] {
  return children.flatMap((child) => {
    if (/Core$/.test(child.name)) return [child, ...(child.children ?? [])];
    return [child];
  });
}

describe('the API reference', () => {
  test('is written as pages', () => access(join(scratch, 'html/index.html')));

  test('has every method of a core, with its arguments, its result and its errors', () => {
    const found: string[] = [];
    const lacking: string[] = [];
    for (const module of modules) {
      for (const item of functions(module)) {
        const signatures = item.signatures ?? item.type?.declaration?.signatures ?? [];
        for (const { comment, parameters = [] } of signatures) {
          const name = `${module.name}.${item.name}`;
          found.push(name);
          if (item.name === 'dispose') continue;
          for (const tag of ['@returns', '@throws']) {
            const blocks = [...(comment?.blockTags ?? []), ...(item.comment?.blockTags ?? [])];
            if (text(blocks.find((block) => block.tag === tag)?.content) === '')
              lacking.push(`${name} ${tag}`);
          }
          for (const parameter of parameters) {
            // An object of options or a key has an interface of its own, whose properties are documented.
            if (/^(options|key)$/.test(parameter.name)) continue;
            if (text(parameter.comment?.summary) === '') lacking.push(`${name} @param ${parameter.name}`);
          }
        }
      }
    }
    expect(lacking).toEqual([]);
    expect(found).toEqual(
      expect.arrayContaining([
        'index.createCore',
        'index.drhCouplings',
        'eigen.createEigenCore',
        'eigen.eigh',
        'check.readOptions',
      ]),
    );
    expect(found.filter((name) => name.startsWith('index.')).length).toBeGreaterThan(30);
  });
});
