// The explorer: static files in dist/web that work from any path. The package itself is what tsc built.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { licenses } from './licenses.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const { page, worker } = licenses();

export default defineConfig({
  root: here('.'),
  base: './',
  resolve: {
    alias: [
      { find: /^emft$/, replacement: here('../dist/index.js') },
      { find: /^emft\/(.*)$/, replacement: here('../dist/$1/index.js') },
    ],
  },
  build: { outDir: here('../dist/web'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  plugins: page,
  worker: { format: 'es', plugins: worker },
});
