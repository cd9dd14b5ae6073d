// `$…$` in captions is set as MathML, which browsers draw without fonts or styles of their own.
import katex from 'katex';
import type { MarkdownRenderer } from 'vitepress';

export function inlineMath(md: MarkdownRenderer): void {
  md.inline.ruler.before('escape', 'math', (state, silent) => {
    const found = /^\$([^$\n]+)\$/.exec(state.src.slice(state.pos));
    if (!found) return false;
    if (!silent) {
      const token = state.push('html_inline', '', 0);
      token.content = `<span v-pre>${katex.renderToString(found[1], { output: 'mathml', throwOnError: true })}</span>`;
    }
    state.pos += found[0].length;
    return true;
  });
}
