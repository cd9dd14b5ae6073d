// How threads of a team sleep and wake: the functions that instances import for assembly/kernel/team.ts. teamWorker.ts,
// which imports nothing, has its own copy for workers.

/** The functions `wait` and `notify` over that memory. Addresses arrive as signed numbers. */
export function waits(memory: WebAssembly.Memory) {
  // The buffer is read each time: it is another object after memory has grown.
  const word = (address: number) => new Int32Array(memory.buffer, address >>> 0, 1);
  return {
    wait: (address: number, expected: number, milliseconds: number): number => {
      const began = performance.now();
      const timedOut = Atomics.wait(word(address), 0, expected, milliseconds) === 'timed-out';
      return timedOut ? -1 : performance.now() - began;
    },
    notify: (address: number): void => void Atomics.notify(word(address), 0),
  };
}
