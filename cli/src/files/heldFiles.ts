// Files that must not outlive this process unfinished: removed also when a signal or `process.exit` ends it meanwhile.
import { unlinkSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const held = new Set<string>();

function removeAll(): void {
  for (const path of held) {
    try {
      unlinkSync(path);
    } catch {
      // Gone, or not to be removed: the process ends either way.
    }
  }
  held.clear();
}

function onSignal(signal: NodeJS.Signals): void {
  // Who else listens goes on, or ends in a way of his own.
  if (process.listenerCount(signal) > 1) return;
  removeAll();
  process.off(signal, onSignal);
  // As without a listener.
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
