// The explorer: static files in cli/dist/web that work from any path. The package itself is what tsc built.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { guide } from './guide.js';
import { licenses } from './licenses.js';
import { plotFormats } from './plotFormats.js';
import { serviceWorker } from './serviceWorker.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const { page, worker } = licenses();

/** Builds that the page never asks for, half of all it would weigh, and the script of clients without functions of their own. */
const withoutUnused: Plugin = {
  name: 'emft:without-unused',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const unused = /\/(emft\.relaxed.*\.wasm|clientWorker-.*\.js)$/;
      for (const name of Object.keys(bundle)) if (unused.test(name)) delete bundle[name];
    },
  },
};

/** The page itself, which its entry asks for, is asked for with it. */
const preloaded: Plugin = {
  name: 'emft:preloaded',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const start = here('src/page/start.ts');
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const href = chunks.find(({ facadeModuleId }) => facadeModuleId === start)?.fileName;
      if (!href) return [];
      const attrs = { rel: 'modulepreload', crossorigin: true, href: `./${href}` };
      return [{ tag: 'link', injectTo: 'head' as const, attrs }];
    },
  },
};

export default defineConfig({
  root: here('.'),
  base: './',
  resolve: {
    alias: [
      { find: /^emft$/, replacement: here('../dist/index.js') },
      { find: /^emft\/check$/, replacement: here('../dist/check.js') },
      { find: /^emft\/(accuracy|client|eigen)$/, replacement: here('../dist/$1/index.js') },
      { find: /^emft\/client\/serve$/, replacement: here('../dist/client/serve.js') },
    ],
  },
  // The development server would find what only a worker imports when the worker starts, and load the page a second time.
  optimizeDeps: { include: ['@observablehq/plot', 'ml-matrix'] },
  build: {
    outDir: here('../cli/dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // One chunk is asked for by name, below.
    modulePreload: false,
    // How long plugins took is no fault of the page.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  plugins: [...page, plotFormats, guide, preloaded, withoutUnused, serviceWorker],
  worker: { format: 'es', plugins: worker, rolldownOptions: { checks: { pluginTimings: false } } },
});
