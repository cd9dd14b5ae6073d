// The files of the page. They are listed once, when the server starts: a request either names one of them or nothing,
// so that no spelling of a path leads anywhere else.
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import { EmftError } from 'emft/check';
import type { Encoding } from './encoding.js';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};
const gzipped = promisify(gzip);
const brotli = promisify(brotliCompress);
/** As fast as gzip, with a twentieth less; the best quality takes seconds for the page. */
const QUALITY = { params: { [zlib.BROTLI_PARAM_QUALITY]: 5 } };

const encoders: Record<Encoding, (bytes: Buffer) => Buffer | Promise<Buffer>> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gzipped(bytes),
  br: (bytes) => brotli(bytes, QUALITY),
};

export interface PageFile {
  type: string;
  /** Its name holds a hash of its content. */
  immutable: boolean;
  /** Read and encoded at the first call for that encoding. */
  content(encoding: Encoding): Promise<Buffer>;
}

/** Every file below `root`, by the path at which it is served; `/` is index.html. */
export async function pageFiles(root: URL): Promise<ReadonlyMap<string, PageFile>> {
  const top = fileURLToPath(root);
  const entries = await readdir(top, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(top, file).split(sep).join('/')}`;
    const contents = new Map<Encoding, Promise<Buffer>>();
    files.set(path, {
      type: TYPES[extname(file)] ?? 'application/octet-stream',
      immutable: path.startsWith('/assets/'),
      content(encoding) {
        const content = contents.get(encoding) ?? load(file, encoding);
        contents.set(encoding, content);
        // What fails once, while a build replaces the file for example, may be there at the next call.
        content.catch(() => contents.delete(encoding));
        return content;
      },
    });
  }
  const index = files.get('/index.html');
  if (!index) throw new EmftError(`there is no page in ${top}: in a clone, npm run build writes it`);
  return files.set('/', index);
}

async function load(file: string, encoding: Encoding): Promise<Buffer> {
  return encoders[encoding](await readFile(file));
}
