// What scripts/fuzz.js runs.
import { parseArgs } from 'node:util';
import { watch } from './watch.js';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    size: { type: 'string', default: '75' },
  },
});
const seed = Number(values.seed);
const started = performance.now();
let told = started;
console.log(`first seed ${seed}`);
const { calls, failures } = await watch({
  seed,
  calls: Number(values.calls),
  size: Number(values.size),
  onRound(round, total) {
    for (const { name, report } of round.failures) console.log(`${name}, seed ${round.seed}: ${report}`);
    if (performance.now() - told < 10_000) return;
    told = performance.now();
    const [heap, wasm] = [round.heap, round.wasm].map((bytes) => (bytes / 2 ** 20).toFixed(1));
    const seconds = ((told - started) / 1000).toFixed(0);
    console.log(`seed ${round.seed} done: ${total} calls, ${seconds} s, heap ${heap} MiB, wasm ${wasm} MiB`);
  },
});
for (const failure of failures) console.log(failure);
console.log(`${calls} calls, ${failures.length} failures`);
process.exitCode = failures.length > 0 ? 1 : 0;
