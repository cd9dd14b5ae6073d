// Micro-benchmarks: `npm run -s bench`. Each file checks its results before it is timed.
import { createCore } from 'emft';
import { Bench } from 'tinybench';
import { meanFieldTasks } from './meanField.js';

const core = await createCore();
for (const register of [meanFieldTasks]) {
  const bench = new Bench({ time: 1000, warmupTime: 300 });
  const values = await register(bench, core);
  await bench.run();
  for (const task of bench.tasks) {
    if (task.result.state !== 'completed') throw new Error(`${task.name}: ${task.result.state}`);
    const milliseconds = task.result.latency.p50;
    const count = values.get(task.name) ?? 1;
    const each = count > 1 ? `, ${((1e6 * milliseconds) / count).toFixed(1)} ns a value` : '';
    process.stdout.write(`${task.name}: ${milliseconds.toFixed(3)} ms${each}\n`);
  }
}
core.dispose();
