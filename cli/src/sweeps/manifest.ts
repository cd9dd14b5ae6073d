// manifest.json of a run: what is computed, by which build, where it began. It holds two hashes:
//   identity   over everything that determines the meaning and the bits of the results; each shard carries it
//   sha256     over the whole file except `run`, so that every edit is noticed
// `run`, the settings of how the work is carried out, is checked like an experiment file and may be
// edited: no result depends on it.
import { randomBytes } from 'node:crypto';
import { cpus, hostname, platform, release, totalmem } from 'node:os';
import { cores } from '../files/cores.js';
import { sha256 } from '../files/resultDirectory.js';
import { type BuildIdentity, buildIdentity } from './buildIdentity.js';
import type { Experiment, ExperimentFile, RunSettings } from './experiment.js';
import { type Column, namesInRows, type Parameter } from './kind.js';
import { kindOf } from './kindOf.js';
import { chunkSizes, taskOffsets } from './plan.js';

export const KIND = 'emft run';
export const FORMAT = 2;

export type Engine = 'local' | 'slurm';

interface Described {
  name: string;
  unit: string;
  description: string;
}

/** The meaning of an experiment in the version that began its run. */
export interface Meaning {
  tasks: number;
  /** The parameters that have values. */
  parameters: (Described & { type: Parameter['type'] })[];
  /** The experiment's output columns. */
  columns: (Described & { type: Column['type'] })[];
}

export interface Manifest extends Meaning {
  kind: typeof KIND;
  format: typeof FORMAT;
  /** Names the run in the queue of a cluster. */
  id: string;
  created: string;
  engine: Engine;
  experiment: Experiment;
  /** Number of tasks in a chunk, for each ensemble. */
  chunkSizes: number[];
  provenance: BuildIdentity;
  identity: string;
  machine: Record<string, string | number>;
  sha256: string;
  run: RunSettings;
}

function machine(): Record<string, string | number> {
  return {
    host: hostname(),
    platform: `${platform()} ${release()} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cores(),
    memoryBytes: totalmem(),
    node: process.version,
  };
}

export function meaningOf(experiment: Experiment): Meaning {
  const kind = kindOf(experiment);
  const { columns } = kind.tables[experiment.table];
  return {
    tasks: taskOffsets(experiment).at(-1)!,
    parameters: namesInRows(kind, experiment.ensembles).map((name) => {
      const { type, unit, description } = kind.parameters[name];
      return { name, type, unit, description };
    }),
    columns: experiment.columns.map(({ name, unit }) => {
      const { type, description } = columns[name];
      return { name, type, unit, description };
    }),
  };
}

/** Runs with one identity may share a directory: their shards are the same and mean the same. */
export function identityOf(
  manifest: Pick<Manifest, 'experiment' | 'chunkSizes'>,
  { tasks, parameters, columns }: Meaning,
  { version, wasmSha256, codeSha256 }: BuildIdentity,
): string {
  const { experiment, chunkSizes } = manifest;
  const parts = [FORMAT, experiment, chunkSizes, tasks, parameters, columns];
  return sha256(JSON.stringify([...parts, version, wasmSha256, codeSha256]));
}

/** The hash over everything except `run` and the hash itself. */
export function seal({ run: _run, sha256: _own, ...sealed }: Omit<Manifest, 'sha256'> & { sha256?: string }) {
  return sha256(JSON.stringify(sealed));
}

/** The manifest of a run of this file, started now by this build. */
export function describeRun({ experiment, run }: ExperimentFile, engine: Engine): Manifest {
  const sizes = chunkSizes(experiment, run);
  const meaning = meaningOf(experiment);
  const origin = buildIdentity(experiment);
  const described = {
    kind: KIND,
    format: FORMAT,
    id: randomBytes(8).toString('hex'),
    created: new Date().toISOString(),
    engine,
    experiment,
    chunkSizes: sizes,
    ...meaning,
    provenance: origin,
    identity: identityOf({ experiment, chunkSizes: sizes }, meaning, origin),
    machine: machine(),
  } as const;
  return { ...described, sha256: seal({ ...described, run }), run };
}

export function serialize(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
