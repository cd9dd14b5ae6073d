// A worker thread that serves its team as dist/wasm/teamWorker.js does, and fails when it is woken from a longer sleep, as one
// does in a task that its leader is waiting for: it has said that it is busy. Of several workers the one that ?rank= names does, once in the life of a core
// and not before hostCall.js says that the core is made: a slow machine may let the first worker sleep while the last one
// starts. The others go on.
const mortal = Number(new URLSearchParams(location.search).get('rank') ?? 1);

addEventListener('message', async ({ data: { module, memory, block, lost, rank } }) => {
  const { BUSY } = await import('/dist/wasm/constants.js');
  const word = (address) => new Int32Array(memory.buffer, address >>> 0, 1);
  // 0: no one may die yet; 1: one may; 2: one has. Nothing else lies below the static data.
  const fate = word(16);
  const env = {
    memory,
    checkTeam() {},
    wait(address, expected, milliseconds) {
      const start = performance.now();
      const woken = Atomics.wait(word(address), 0, expected, milliseconds);
      const slept = performance.now() - start > 50;
      if (rank === mortal && slept && Atomics.compareExchange(fate, 0, 1, 2) === 1) {
        Atomics.add(word(block + BUSY), 0, 1);
        throw new Error('no luck');
      }
      return Number(woken === 'timed-out');
    },
    notify: (address) => Atomics.notify(word(address), 0),
  };
  const { exports } = await WebAssembly.instantiate(module, { env });
  postMessage(null);
  try {
    exports.serveTeam(block, rank);
  } catch (error) {
    Atomics.add(word(lost), 0, 1);
    throw error;
  }
});
