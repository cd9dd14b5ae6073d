// Files that must not outlive this process unfinished: they are also removed when a signal or `process.exit` ends it.
import { unlinkSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const held = new Set<string>();

function removeAll(): void {
  for (const path of held) {
    try {
      unlinkSync(path);
    } catch {
      // Gone, or not removable: the process ends either way.
    }
  }
  held.clear();
}

function onSignal(signal: NodeJS.Signals): void {
  // Other listeners go on, or end the process in their own way.
  if (process.listenerCount(signal) > 1) return;
  removeAll();
  process.off(signal, onSignal);
  // Ends the process as if there were no listener.
  process.kill(process.pid, signal);
}

export function holdFile(path: string): void {
  if (held.size === 0) {
    process.on('exit', removeAll);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  held.add(path);
}

export function releaseFile(path: string): void {
  if (!held.delete(path) || held.size > 0) return;
  process.off('exit', removeAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}
