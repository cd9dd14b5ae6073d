// The script of a worker thread.
import { workerData } from 'node:worker_threads';
import { createRunner, type WorkerSetup } from './runner.js';

export default createRunner(workerData as WorkerSetup);
