// What a package's page shows: its README, whose links and pictures lead somewhere, and where the package comes from.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { npm, PATH, pack, root, run } from '../support/packed.js';

let scratch: string;
/**
 * The project without its history, in which packages may be packed as if it came from elsewhere; without node_modules too, which npm would
 * read through for each tarball.
 */
let copy: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-package-pages-'));
  copy = join(scratch, 'copy');
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  // docs/paper and fixtures are large and not needed.
  const files = listed
    .trim()
    .split('\n')
    .filter((path) => !/^(docs\/paper|test\/fixtures)\//.test(path));
  const built = ['build', 'dist', 'cli/dist', 'THIRD-PARTY-LICENSES.txt', 'cli/THIRD-PARTY-LICENSES.txt'];
  // Built before: what is older than its sources would be built again.
  await run(process.execPath, [join(root, 'scripts/ensure-built.js')]);
  for (const path of [...files, ...built]) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await cp(join(root, path), join(copy, path), { recursive: true, preserveTimestamps: true });
  }
}, 120_000);

afterAll(() => rm(scratch, { recursive: true, force: true }));

interface Contents {
  /** Paths in the package. */
  files: string[];
  manifest: Record<string, unknown>;
  /** The pages in it by their paths. */
  pages: Map<string, string>;
}

async function read(folder: string, files: string[]): Promise<Contents> {
  const text = (path: string) => readFile(join(folder, path), 'utf8');
  const pages = files.filter((path) => path.endsWith('.md'));
  return {
    files,
    manifest: JSON.parse(await text('package.json')),
    pages: new Map(await Promise.all(pages.map(async (path) => [path, await text(path)] as const))),
  };
}

/** What the tarball holds. */
async function packed(home: string, repository?: string): Promise<Contents> {
  const to = await mkdtemp(join(scratch, 'tarball-'));
  const { tarball, files } = await pack(join(copy, home), to, repository);
  await run('tar', ['-xzf', tarball], { cwd: to });
  return read(join(to, 'package'), files);
}

/** What comes before packing and after it. */
const pages = (order: 'write' | 'restore', home: string, repository = '') =>
  run(process.execPath, [join(copy, 'scripts/package-pages.js'), order], {
    cwd: join(copy, home),
    env: { ...process.env, PATH, EMFT_REPOSITORY: repository },
  });

/** What a tarball of these files would hold, at a quarter of what packing costs. */
async function prepared(home: string, repository: string, files: string[]): Promise<Contents> {
  await pages('write', home, repository);
  const contents = await read(join(copy, home), files);
  await pages('restore', home);
  return contents;
}

const links = (text: string) =>
  [...text.matchAll(/(!?)\[[^\]]*\]\(([^)#\s]+)/g)].map(([, picture, to]) => ({
    picture: picture !== '',
    to,
  }));

/** Links of a page that lead neither to a file of the package nor to an absolute address. */
function dead({ files, pages }: Contents, page: string): string[] {
  return links(pages.get(page)!)
    .map(({ to }) => to)
    .filter((to) => !/^https:\/\//.test(to))
    .map((to) => posix.join(posix.dirname(page), to))
    .filter(
      (path) =>
        !files.includes(path) && !files.some((file) => file.startsWith(`${path.replace(/\/$/, '')}/`)),
    );
}

const sources = () =>
  Promise.all(
    ['package.json', 'README.md', 'docs/performance.md', 'cli/package.json', 'cli/README.md'].map((path) =>
      readFile(join(copy, path), 'utf8'),
    ),
  );

describe.each([
  ['emft', ''],
  ['emft-cli', 'cli'],
])('the page of %s', (name, home) => {
  /** The sources as they are, while a packing for another address is killed, and after the next packing. */
  let states: Awaited<ReturnType<typeof sources>>[];
  let found: Contents;
  beforeAll(async () => {
    states = [await sources()];
    await pages('write', home, 'https://github.com/someone/emft');
    states.push(await sources());
    found = await packed(home);
    states.push(await sources());
  }, 120_000);

  test('names no repository where none is known, links what is in the package, and has nothing of a packing that was killed', async () => {
    const [before, killed, after] = states;
    expect(killed).not.toEqual(before);
    expect(after).toEqual(before);
    for (const field of ['repository', 'homepage', 'bugs']) expect(found.manifest).not.toHaveProperty(field);
    expect(found.pages.get('README.md')).toBe(await readFile(join(root, home, 'README.md'), 'utf8'));
    expect(dead(found, 'README.md')).toEqual([]);
    if (name === 'emft') expect(links(found.pages.get('README.md')!).length).toBeGreaterThan(15);
  });

  test.each([
    ['https://user:secret@github.com/someone/emft.git', 'github.com', 'blob', 'raw', packed],
    ['git@gitlab.com:some/one/emft.git', 'gitlab.com', '-/blob', '-/raw', prepared],
  ])('leads to the repository %s', async (repository, host, page, bytes, contents) => {
    const before = await sources();
    const made = await contents(home, repository, found.files);
    expect(await sources()).toEqual(before);
    const address = `https://${host}/${host === 'github.com' ? 'someone/emft' : 'some/one/emft'}`;
    expect(made.manifest).toMatchObject({
      repository: { type: 'git', url: `git+${address}.git`, ...(home && { directory: home }) },
      homepage: home ? `${address}/${page}/HEAD/cli/README.md#readme` : `${address}#readme`,
      bugs: { url: `${address}/issues` },
    });
    for (const [path, text] of made.pages) {
      expect(dead(made, path), path).toEqual([]);
      expect(text).not.toContain('secret');
    }
    const readme = await readFile(join(root, home, 'README.md'), 'utf8');
    const wanted = links(readme).map(({ picture, to }) =>
      /^https:/.test(to) ? to : `${address}/${picture ? bytes : page}/HEAD/${posix.join(home, to)}`,
    );
    expect(links(made.pages.get('README.md')!).map(({ to }) => to)).toEqual(wanted);
  });
});

test.each(['/srv/git/emft', '../emft.git', 'file:///srv/emft', 'C:\\emft', 'localhost:emft'])(
  'a folder, %s, is no address for others',
  async (repository) => {
    const before = await sources();
    await pages('write', '', repository);
    expect(await sources()).toEqual(before);
  },
);

test('a folder is not published: npm would describe it by what stands in the sources', async () => {
  const error = await npm(['publish', '--dry-run'], copy).catch((error) => error);
  expect(error.stderr).toContain('emft: publish the tarball, not the folder: npm pack, then npm publish');
});
