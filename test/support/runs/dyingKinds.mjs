// Task kinds whose workers end, now and then, in the middle of a chunk.
import { chunkKind } from '../../../cli/dist/sweeps/chunk.js';

let state = Number(process.env.EMFT_TEST_SEED) + 1;
const random = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};

export const taskKinds = {
  chunk: {
    run(core, order) {
      if (random() < 0.02) process.exit(9);
      return chunkKind.run(core, order);
    },
  },
};
