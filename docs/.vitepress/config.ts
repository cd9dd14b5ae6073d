// The documentation site: the pages of docs/ as they stand, with the reference that typedoc writes into docs/api.
// scripts/build-docs.js builds it. DOCS_BASE is the path below which it is served, `/` unless told otherwise; DOCS_OUT the folder it goes to.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { captions, noTemplates } from './captions.js';
import { copyLinked, linksToFiles } from './links.js';
import { inlineMath } from './math.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** An l-bit between two levels. */
const icon =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 4h12M2 12h12" stroke="#2b4a9b" stroke-width="2"/><circle cx="8" cy="8" r="2.4" fill="#d9822b"/></svg>',
  );
const base = process.env.DOCS_BASE ?? '/';

const withoutFolding = ({
  collapsed: _,
  items,
  ...rest
}: DefaultTheme.SidebarItem): DefaultTheme.SidebarItem => ({
  ...rest,
  ...(items && { items: items.map(withoutFolding) }),
});

/** The entries of the package: typedoc writes emft/client/serve as one of the things that emft/client exports. */
function entriesOf(
  list: readonly DefaultTheme.SidebarItem[],
): Required<Pick<DefaultTheme.SidebarItem, 'text' | 'link' | 'items'>>[] {
  return list.flatMap(({ link, items = [] }) => {
    const path = link!.replace(/^\/api\/|\/$/g, '');
    const isEntry = ({ link }: DefaultTheme.SidebarItem) => link?.endsWith('/');
    const own = {
      text: path === 'index' ? 'emft' : `emft/${path}`,
      link: link!,
      items: items.filter((item) => !isEntry(item)),
    };
    return [own, ...entriesOf(items.filter(isEntry))];
  });
}

/**
 * The lists of the reference that typedoc writes, one for each entry of the package, below a list of the entries. Nothing in them folds: the
 * theme puts a button into a button for that. A site without a reference is built all the same, for who writes guides.
 */
function reference(): DefaultTheme.SidebarMulti {
  const file = at('../api/typedoc-sidebar.json');
  if (!existsSync(file)) return {};
  const named = entriesOf(JSON.parse(readFileSync(file, 'utf8')));
  named.sort((a, b) => a.text.length - b.text.length);
  const all = { text: 'Entries', items: named.map(({ text, link }) => ({ text, link })) };
  const lists = named.map(({ link, items }) => [link, [all, ...items.map(withoutFolding)]]);
  return { ...Object.fromEntries(lists), '/api/': [all] };
}

const guides: DefaultTheme.SidebarItem[] = [
  {
    text: 'Guides',
    items: [
      { text: 'Exact diagonalization in Node', link: '/guides/exact-diagonalization' },
      { text: 'Your own Hamiltonian', link: '/guides/your-own-hamiltonian' },
      { text: 'The explorer', link: '/guides/explorer' },
      { text: 'Embedding in a page', link: '/guides/embedding' },
      { text: 'Recipes: React, Vue, Next, Jest …', link: '/guides/recipes' },
      { text: 'Comparing solvers', link: '/guides/comparing-solvers' },
      { text: 'Reproducing the paper', link: '/guides/reproducing' },
      { text: 'Beyond the paper', link: '/guides/beyond-the-paper' },
    ],
  },
  {
    text: 'Coming from elsewhere',
    items: [
      { text: 'numpy and scipy', link: '/numpy' },
      { text: 'QuSpin and XDiag', link: '/guides/your-own-hamiltonian#from-quspin-and-xdiag' },
    ],
  },
  {
    text: 'Numbers',
    items: [
      { text: 'Performance', link: '/performance' },
      { text: 'Accuracy', link: '/accuracy' },
      { text: 'Methods and sources', link: '/methods' },
      { text: 'Determinism', link: '/determinism' },
      { text: 'Memory', link: '/memory' },
    ],
  },
  {
    text: 'Physics',
    items: [
      { text: 'The paper, panel by panel', link: '/reproduction' },
      { text: 'Claims of the paper', link: '/paper/claims' },
      { text: 'Readings of the paper', link: '/readings' },
      { text: 'Readings of the grain', link: '/grain' },
      { text: 'Other grains', link: '/grains' },
      { text: 'A finite density of grains', link: '/many-grains' },
      { text: 'The bottleneck', link: '/bottleneck' },
      { text: 'Away from infinite temperature', link: '/energy' },
      { text: 'Hysteresis', link: '/hysteresis' },
      { text: 'Findings beyond the paper', link: '/findings' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'What sweeps compute', link: '/sweeps' },
      { text: 'API', link: '/api/' },
      { text: 'Architecture', link: '/ARCHITECTURE' },
      { text: 'Changelog', link: '/changelog' },
    ],
  },
];

export default defineConfig({
  title: 'emft',
  description:
    'Symmetric and Hermitian eigensolvers, exact diagonalization and the mean-field theory of failed avalanches, in WebAssembly',
  base,
  lang: 'en',
  head: [['link', { rel: 'icon', href: icon }]],
  srcDir: at('..'),
  outDir: process.env.DOCS_OUT ?? at('../../build/site'),
  cacheDir: at('../../build/.vitepress-cache'),
  cleanUrls: false,
  rewrites: { 'site/:page': ':page' },
  // Every link is followed by test/docs/site.test.ts, in the pages as they were built.
  ignoreDeadLinks: true,
  themeConfig: {
    nav: [
      { text: 'Guides', link: '/guides/exact-diagonalization', activeMatch: '/guides/' },
      { text: 'API', link: '/api/', activeMatch: '/api/' },
      { text: 'Performance', link: '/performance' },
      { text: 'The paper', link: '/reproduction' },
    ],
    sidebar: { ...reference(), '/': guides },
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    footer: { message: 'MIT licence' },
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    attrs: { disable: true },
    config: (md) => {
      linksToFiles(md, at('../..'), base);
      inlineMath(md);
      captions(md);
      noTemplates(md);
    },
  },
  buildEnd: ({ outDir }) => copyLinked(at('../..'), outDir),
});
