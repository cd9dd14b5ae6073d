// The script of the page's workers, apart from what talks to them, so that the page can start the first before it has read itself.

/** A worker whose script loads. */
export interface Started {
  script: Worker;
  /** Rejects when the script cannot be loaded, or throws. */
  fails: Promise<never>;
}

export function startScript(): Started {
  const script = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const fails = new Promise<never>((_, reject) => {
    script.onerror = ({ message }) => reject(new Error(message || 'the script of a worker cannot be loaded'));
  });
  // Who waits for the worker hears of it; one for whom nobody waits yet may fail in silence.
  fails.catch(() => {});
  return { script, fails };
}
