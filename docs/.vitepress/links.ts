// Links of the pages to files that are no pages (tables, examples, raw samples of benchmarks): the site has copies of them below
// `files/`, at their paths in the repository, so that a page reads the same in the repository and on the site.
import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

/** Paths in the repository that pages link to. */
const linked = new Set<string>();

/** What a link on the page `page` leads to, by its path in the repository; nothing for pages and other sites. */
function fileOf(href: string, page: string, root: string): string | undefined {
  if (/^(?:[a-z]+:|#|\/)/i.test(href) || /\.md(?:#|$)/.test(href)) return undefined;
  const path = join(dirname(page), decodeURI(href).replace(/[?#].*/, ''));
  return statSync(path, { throwIfNoEntry: false }) ? relative(root, path) : undefined;
}

export function linksToFiles(md: MarkdownRenderer, root: string, base: string): void {
  md.core.ruler.push('links-to-files', (state) => {
    const page: string | undefined = state.env.realPath ?? state.env.path;
    if (page === undefined) return;
    for (const { children } of state.tokens) {
      for (const token of children ?? []) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        const file = href === null ? undefined : fileOf(href, page, root);
        if (file === undefined) continue;
        linked.add(file);
        const folder = statSync(join(root, file)).isDirectory();
        // Not a page of the site: its router leaves alone what has a target.
        token.attrSet('href', `${base}files/${file}${folder ? '/index.html' : ''}`);
        token.attrSet('target', '_self');
      }
    }
  });
}

/** Copies what was linked to; of a folder with a list of what is in it. */
export function copyLinked(root: string, outDir: string): void {
  for (const file of linked) {
    const to = join(outDir, 'files', file);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(root, file), to, { recursive: true });
    if (!statSync(to).isDirectory()) continue;
    const items = readdirSync(to).map((name) => `<li><a href="${name}">${name}</a></li>`);
    const page = `<!doctype html><html lang="en"><title>${file}</title><h1>${file}</h1><ul>${items.join('')}</ul></html>`;
    writeFileSync(join(to, 'index.html'), page);
  }
}
