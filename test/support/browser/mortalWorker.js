// A worker thread that serves its team as dist/wasm/teamWorker.js does, and fails when it is woken from a longer sleep: at
// a region that its leader is waiting for. Of several workers the one that ?rank= names does,
// once in the life of a core; the others go on.
const mortal = Number(new URLSearchParams(location.search).get('rank') ?? 1);

addEventListener('message', async ({ data: { module, memory, block, lost, rank } }) => {
  const word = (address) => new Int32Array(memory.buffer, address >>> 0, 1);
  // Nothing lies below the static data.
  const died = word(16);
  const env = {
    memory,
    checkTeam() {},
    wait(address, expected, milliseconds) {
      const start = performance.now();
      const woken = Atomics.wait(word(address), 0, expected, milliseconds);
      if (rank === mortal && performance.now() - start > 50 && Atomics.exchange(died, 0, 1) === 0) {
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
