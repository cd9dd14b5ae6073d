// The script of a worker thread. CommonJS, because piscina loads it by `require`: while that links ES modules, a thread that is ended
// takes the whole process along (Node 20: IsGraphAsync "must be used on an instantiated module"). An import may be broken off.
import threads = require('node:worker_threads');

type Runner = typeof import('./runner.js', { with: { 'resolution-mode': 'import' }});
type Compute = ReturnType<Runner['createRunner']>;

const runner: Promise<Compute> = import('./runner.js').then(({ createRunner }) =>
  createRunner(threads.workerData),
);

const compute = async (task: Parameters<Compute>[0]): Promise<Awaited<ReturnType<Compute>>> =>
  (await runner)(task);

export = compute;
