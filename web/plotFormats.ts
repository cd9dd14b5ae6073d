// Plot makes a format of numbers by the rules of English as soon as it is loaded, which takes 16 ms, as the browser reads those rules
// first. No figure of the page has such a format: it is made when it is asked for.
import type { Plugin } from 'vite';

const EAGER = `  const format = numberFormat(locale);
  return (i) => (i != null && !isNaN(i) ? format.format(i) : undefined);`;
const LAZY = '  return (i) => (i != null && !isNaN(i) ? numberFormat(locale).format(i) : undefined);';

export const plotFormats: Plugin = {
  name: 'emft:plot-formats',
  apply: 'build',
  transform: {
    filter: { id: /\/@observablehq\/plot\/src\/format\.js$/ },
    handler(code) {
      if (!code.includes(EAGER)) throw new Error('formats of @observablehq/plot are made in another way');
      return { code: code.replace(EAGER, LAZY), map: null };
    },
  },
};
