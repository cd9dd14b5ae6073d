// The state of the page in its URL: written at once, or soon where a slider moves.

/** Milliseconds between writes: browsers refuse more than some 100 in 30 s. */
const PAUSE = 400;

/** `query` gives the state as it is when it is written. */
export function createAddress(query: () => string) {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    history.replaceState(null, '', `?${query()}`);
  }

  return {
    write,
    writeSoon(): void {
      timer ??= setTimeout(write, PAUSE);
    },
  };
}
