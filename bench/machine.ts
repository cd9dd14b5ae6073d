// What the figures were measured on.
import { cpus } from 'node:os';

export function machine() {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    v8: process.versions.v8,
    arch: process.arch,
  };
}
