// Writes service-worker.js beside the page: the script of web/src/offline, with the list of all files and a name for them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Plugin } from 'vite';

const SOURCE = fileURLToPath(new URL('src/offline/serviceWorker.ts', import.meta.url));
const NAME = 'service-worker.js';

export const serviceWorker: Plugin = {
  name: 'emft:service-worker',
  buildStart() {
    this.addWatchFile(SOURCE);
  },
  // The last of the plugins: what the others add at this point belongs to the list.
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const files = Object.keys(bundle).sort();
      const source = readFileSync(SOURCE, 'utf8');
      const hash = createHash('sha256').update(source);
      for (const name of files) {
        const file = bundle[name];
        hash.update(name).update(file.type === 'chunk' ? file.code : file.source);
      }
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: {
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.ES2022,
          removeComments: true,
        },
      });
      const constants = { FILES: files, VERSION: hash.digest('hex').slice(0, 16) };
      const lines = Object.entries(constants).map(
        ([key, value]) => `const ${key} = ${JSON.stringify(value)};`,
      );
      this.emitFile({ type: 'asset', fileName: NAME, source: `${lines.join('\n')}\n${outputText}` });
    },
  },
};
