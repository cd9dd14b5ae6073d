// The guide of the explorer as a page of its own beside it, from docs/guides/explorer.md: help that is there without a network.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import markdown from 'markdown-it';
import type { Plugin } from 'vite';

const SOURCE = fileURLToPath(new URL('../docs/guides/explorer.md', import.meta.url));

/** As the documentation site names headings. */
const anchor = (title: string) => title.trim().toLowerCase().replace(/\s+/g, '-');

/** Links to other pages of the documentation lead nowhere from here: their words stay. */
const withoutPages = (text: string) => text.replace(/\[([^\]]+)\]\([^)#:]+\.md(?:#[^)]*)?\)/g, '$1');

function page(styles: readonly string[]): string {
  const body = markdown()
    .render(withoutPages(readFileSync(SOURCE, 'utf8')))
    .replace(/<h2>(.*?)<\/h2>/g, (_, title: string) => `<h2 id="${anchor(title)}">${title}</h2>`)
    // Wide tables and programs scroll by themselves, also by the keyboard.
    .replaceAll('<pre>', '<pre tabindex="0">');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="data:," />
    <title>The explorer – emft</title>
    ${styles.map((name) => `<link rel="stylesheet" href="./${name}" />`).join('\n    ')}
  </head>
  <body>
    <main class="guide">
      <p><a href="./">← Back to the explorer</a></p>
      ${body}
    </main>
  </body>
</html>
`;
}

export const guide: Plugin = {
  name: 'emft:guide',
  buildStart() {
    this.addWatchFile(SOURCE);
  },
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const styles = Object.keys(bundle).filter((name) => name.endsWith('.css'));
      this.emitFile({ type: 'asset', fileName: 'guide.html', source: page(styles) });
    },
  },
};
