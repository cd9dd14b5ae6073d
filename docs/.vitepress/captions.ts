// What makes pages of the files that figures leave, and keeps braces in pages from being templates.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

/** A caption is a file beside its picture: on the site the picture stands above it. */
export function captions(md: MarkdownRenderer): void {
  md.core.ruler.before('normalize', 'captions', (state) => {
    const page: string = state.env.realPath ?? state.env.path ?? '';
    const picture = page.replace(/\.md$/, '.png');
    if (!/\/fig\w+(-\w+)?\.md$/.test(page) || !existsSync(picture)) return;
    const [, title = basename(page, '.md')] = /^\*\*(.*?)\.?\*\*/.exec(state.src) ?? [];
    state.src = `# ${title}\n\n![${title}](./${basename(picture)})\n\n${state.src}`;
  });
}

/** `{{`, as TeX has it, would begin an expression of Vue. */
export function noTemplates(md: MarkdownRenderer): void {
  const text = md.renderer.rules.text!;
  md.renderer.rules.text = (...args) => text(...args).replaceAll('{{', '&#123;&#123;');
}
