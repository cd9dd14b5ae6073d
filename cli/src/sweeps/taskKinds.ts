// The registry that workers look task kinds up in: those that each file in tasks/ exports, by name.
import { readdirSync } from 'node:fs';
import { chunkKind } from './chunk.js';
import type { TaskKinds } from './task.js';

const folder = new URL('./tasks/', import.meta.url);
const load = (file: string): Promise<{ taskKinds: TaskKinds }> => import(new URL(file, folder).href);
const found = await Promise.all(
  readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map(load),
);

export const taskKinds: TaskKinds = Object.assign(
  // One chunk of an experiment.
  { chunk: chunkKind },
  ...found.map((module) => module.taskKinds),
);
