// What starting any worker takes, of a team or of a client.

/** Node's threads. */
export async function nodeThreads(): Promise<typeof import('node:worker_threads')> {
  // A variable keeps bundlers for the browser from resolving the Node module.
  const threads = 'node:worker_threads';
  return import(/* @vite-ignore */ /* webpackIgnore: true */ threads);
}

/**
 * The script `name` of `folder` beside the file at `here`. Workers load compiled JavaScript: where that file runs as TypeScript,
 * the compiled script is taken.
 */
export function scriptBeside(here: string | undefined, folder: string, name: string): URL {
  // Bundlers that write CommonJS leave import.meta.url empty.
  if (!here) throw new Error('a bundle without import.meta.url does not know where it is');
  return new URL(`${here.endsWith('.ts') ? `../../dist/${folder}/` : './'}${name}`, here);
}

/**
 * A worker of a page that runs `script`, or the script `name` beside the file or the bundle at `here`. `own` starts that one:
 * bundlers ship a script whose address stands in the call of Worker itself.
 */
export function pageWorker(script: URL | undefined, here: string, name: string, own: () => Worker): Worker {
  const base = script ?? new URL(here);
  // A page may not start a worker from another origin, such as a CDN; a worker of its own may import from there.
  if (isForeign(base)) return new Worker(foreignScript(script ?? new URL(name, base)), { type: 'module' });
  return script ? new Worker(script, { type: 'module' }) : own();
}

/** Whether a page may not start a worker from there. */
function isForeign({ protocol, origin }: URL): boolean {
  return /^https?:$/.test(protocol) && origin !== location.origin;
}

/** The address of a script of the page's own that imports one from another origin. */
function foreignScript({ href }: URL): string {
  const code = new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' });
  return URL.createObjectURL(code);
}

/** Rejects when nothing was heard for that number of seconds; those in which the event loop stood still do not count. */
export function patience(
  most: number,
  late: (seconds: number) => Error,
): { late: Promise<never>; end(): void } {
  let timer: ReturnType<typeof setInterval>;
  const none = new Promise<never>((_, reject) => {
    let seconds = 0;
    timer = setInterval(() => {
      if (++seconds < most) return;
      clearInterval(timer);
      reject(late(most));
    }, 1000);
  });
  return { late: none, end: () => clearInterval(timer) };
}
