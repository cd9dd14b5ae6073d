// The page without a network, and on hosts that send no headers: keeps the files of one version of the page, and adds to
// them the two headers by which a page may use threads. The page's build writes the list of files into this script and
// leaves out the types (web/serviceWorker.ts).

/** Paths beside this script. */
declare const FILES: readonly string[];
/** Names what the files hold. */
declare const VERSION: string;

/** Of lib.webworker, which does not go together with lib.dom. */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Worker {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
}

const worker = self as unknown as Worker;
const { scope } = worker.registration;
/** Pages of other paths of the same host have names of their own. */
const family = `emft ${scope} `;
const name = `${family}${VERSION}`;
const known = new Map(FILES.map((path) => [new URL(path, scope).href, path]));
/** The page is index.html under another name. */
known.set(scope, 'index.html');

/** The address without what follows a question mark, which is the state of a view. */
const plain = (url: string): string => url.split(/[?#]/, 1)[0];
/** The content of a file of assets/ never changes: its name holds a hash of it. */
const immutable = (path: string): boolean => path.startsWith('assets/');

function isolated(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

/** What was kept of a file; nothing where the browser has taken it, or forbids to look. */
async function kept(path: string): Promise<Response | undefined> {
  try {
    const cache = await caches.open(name);
    return await cache.match(path, { ignoreVary: true });
  } catch {
    return undefined;
  }
}

/** A file of the page: from the network where it may have changed and there is one. Files of a newer version are not known here. */
async function fileAt(request: Request, path: string | undefined): Promise<Response> {
  const first = path !== undefined && immutable(path) ? await kept(path) : undefined;
  if (first) return isolated(first);
  try {
    const answer = await fetch(request);
    // Redirects and errors go on as they are.
    return answer.ok ? isolated(answer) : answer;
  } catch (error) {
    const last = path === undefined ? undefined : await kept(path);
    if (last) return isolated(last);
    throw error;
  }
}

worker.addEventListener('install', (event) => {
  // Names without a hash are asked for again, whatever the browser has of them.
  const requests = FILES.map(
    (path) => new Request(path, { cache: immutable(path) ? 'default' : 'no-cache' }),
  );
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(requests)));
});

worker.addEventListener('activate', (event) => {
  // No page of an earlier version is open any more.
  const old = (key: string) => key.startsWith(family) && key !== name;
  const clear = async () => {
    const keys = (await caches.keys()).filter(old);
    await Promise.all(keys.map((key) => caches.delete(key)));
    await worker.clients.claim();
  };
  event.waitUntil(clear());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  // All below this path, also what only a newer page asks for: a worker without these headers does not start in a page with them.
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  event.respondWith(fileAt(request, known.get(plain(request.url))));
});
