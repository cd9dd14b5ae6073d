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

/** All of them; of two by one name none could be told from the other. */
function collected(kinds: readonly TaskKinds[]): TaskKinds {
  const all: Record<string, TaskKinds[string]> = {};
  for (const [name, kind] of kinds.flatMap((some) => Object.entries(some))) {
    if (name in all) throw new Error(`two kinds of task are called ${name}`);
    all[name] = kind;
  }
  return all;
}

/** With the chunk of an experiment among them. */
export const taskKinds: TaskKinds = collected([{ chunk: chunkKind }, ...found.map((one) => one.taskKinds)]);
