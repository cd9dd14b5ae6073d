// The registry: every task kind under the name by which workers look it up.
import type { TaskKinds } from './taskKind.js';

export const taskKinds: TaskKinds = {};
