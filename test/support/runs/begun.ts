// Runs begun through the modules of the command, and the bytes that collect makes of them.
import { join } from 'node:path';
import { collect } from '../../../cli/src/sweeps/collect.js';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { read } from '../runs.js';

/** Names of directories below `dir`, each another one, and runs in them. */
export function runsIn(dir: string) {
  let counter = 0;
  const fresh = () => join(dir, `run${counter++}`);
  const begin = (text: string): Promise<RunDirectory> =>
    RunDirectory.create(fresh(), parseExperiment(text, 'x.toml'), 'local');
  return { fresh, begin };
}

export async function collected(run: RunDirectory, ending = 'parquet'): Promise<Buffer> {
  const file = `${run.path}.${ending}`;
  await collect(run, file, { overwrite: true });
  return read(file);
}

export const arrayBuffer = (bytes: Buffer) =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
