// The page is kept by the browser, for when there is no network, and isolated where its host sends no headers for that
// (offline/serviceWorker.ts).

/** `emft explore` is on this machine anyway, sends the headers, and may give its port to another program tomorrow. */
const served = crossOriginIsolated && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname);

/** Once the page has drawn what it opens with. `ready` is called where the page is isolated when it is opened again. */
export function keepOffline(ready: () => void): void {
  // Addresses that are not secure have no service workers.
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  if (!import.meta.env.PROD || served || !workers) return;
  const first = !workers.controller;
  workers
    .register('./service-worker.js')
    .then(() => workers.ready)
    .then(() => {
      if (first && !crossOriginIsolated) ready();
    })
    // Forbidden by the browser's settings or full: the page works without.
    .catch(() => undefined);
}
