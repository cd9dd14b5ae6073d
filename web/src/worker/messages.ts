// What the page and its workers say to each other.
import type { TaskName, Tasks } from '../views/index.js';
import type { InputOf, ResultOf } from './task.js';

/** Which task is asked for, and with that what its input is. */
export type Job<K extends TaskName = TaskName> = {
  [Name in K]: { id: number; task: Name; input: InputOf<Tasks[Name]> };
}[K];

/** What the page sends: first the module, then jobs, one at a time, and the request to stop one. */
export type Request =
  | { kind: 'start'; module: WebAssembly.Module; threads: number }
  | { kind: 'job'; job: Job }
  | { kind: 'stop'; id: number };

/** What the worker sends of the job `id`. Every job ends with one of the last three. */
export type Reply<K extends TaskName = TaskName> =
  | { kind: 'progress'; id: number; fraction: number; partial?: ResultOf<Tasks[K]> }
  | { kind: 'result'; id: number; value: ResultOf<Tasks[K]> }
  | { kind: 'error'; id: number; message: string; input?: boolean }
  | { kind: 'stopped'; id: number };
