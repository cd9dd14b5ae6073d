// What starting any worker takes, of a team or of a client.

/** Node's threads. */
export async function nodeThreads(): Promise<typeof import('node:worker_threads')> {
  // A variable keeps bundlers for the browser from resolving the Node module.
  const threads = 'node:worker_threads';
  return import(/* @vite-ignore */ /* webpackIgnore: true */ threads);
}

/** Whether a page may not start a worker from there, a CDN for example. */
export function isForeign({ protocol, origin }: URL): boolean {
  return /^https?:$/.test(protocol) && origin !== location.origin;
}

/** The address of a script of the page's own that imports one from another origin. */
export function foreignScript({ href }: URL): string {
  const code = new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' });
  return URL.createObjectURL(code);
}

/** Rejects when nothing was heard for so many seconds. Seconds in which the event loop stood still do not count. */
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
