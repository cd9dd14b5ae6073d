import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

export default defineConfig({
  // The packages' TypeScript, whatever was built: tests of dist/ start processes of their own or say so.
  resolve: {
    alias: [
      { find: /^emft$/, replacement: source('index.ts') },
      { find: /^emft\/check$/, replacement: source('check.ts') },
      { find: /^emft\/(accuracy|eigen)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
