// The script of a worker thread.
import { workerData } from 'node:worker_threads';
import { createRunner, type Task, type WorkerSetup } from './runner.js';

const compute = createRunner(workerData as WorkerSetup);
export default (task: Task) => compute(task);
