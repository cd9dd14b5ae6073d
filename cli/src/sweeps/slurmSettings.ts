// How an experiment asks for a cluster: the table [slurm] of its file, and the same from the manifest of a run. A run
// directory may come from somebody else, so that no setting can name a command, a script or a file.
import * as v from 'valibot';
import { suggestion } from './nearest.js';

export interface SlurmSettings {
  /** null: the cluster's default partition. */
  partition: string | null;
  /** As sbatch takes it: minutes, H:MM:SS, D-HH:MM:SS. */
  time: string;
  /** Per element, as sbatch takes it. */
  memory: string;
  /** Most elements of the job array. */
  elements: number;
  /** Most elements that run at one time; null: no limit. */
  concurrent: number | null;
  /** Worker threads, and so cores, of each element. */
  cpus: number;
  /** Seconds before the time limit at which an element stops, keeping its results. */
  signal: number;
  /** Further arguments of sbatch, `--name` or `--name=value`, of those in `OPTIONS`. */
  options: string[];
}

/**
 * Options of sbatch that say where, when and on whose account jobs run. Options that set what runs, its
 * environment, its files or its user (wrap, export, chdir, input, output, uid, container, …) are not allowed, nor
 * are those that this package sets itself.
 */
const OPTIONS = [
  ...['account', 'acctg-freq', 'batch', 'begin', 'cluster-constraint', 'comment', 'constraint', 'contiguous'],
  ...['core-spec', 'cores-per-socket', 'cpu-freq', 'cpus-per-gpu', 'deadline', 'delay-boot', 'dependency'],
  ...[
    'distribution',
    'exclude',
    'exclusive',
    'extra-node-info',
    'gpu-bind',
    'gpu-freq',
    'gpus',
    'gpus-per-node',
  ],
  ...[
    'gpus-per-socket',
    'gpus-per-task',
    'gres',
    'gres-flags',
    'hint',
    'hold',
    'kill-on-invalid-dep',
    'licenses',
  ],
  ...['mail-type', 'mail-user', 'mcs-label', 'mem-bind', 'mincpus', 'network', 'nice', 'no-kill', 'nodelist'],
  ...['overcommit', 'oversubscribe', 'power', 'prefer', 'priority', 'profile', 'qos', 'reservation'],
  ...['sockets-per-node', 'spread-job', 'switches', 'thread-spec', 'threads-per-core', 'time-min', 'tmp'],
  ...['tres-per-task', 'use-min-nodes', 'wait-all-nodes', 'wckey'],
];

// Matches the whole name, because sbatch takes `--wra` for `--wrap`; the value must be on one line.
const OPTION = /^--([a-z-]+)(?:=[^\p{Cc}]*)?$/u;

const option = v.pipe(
  v.string(),
  v.check(
    (text) => OPTIONS.includes(OPTION.exec(text)?.[1] ?? ''),
    ({ input }) => {
      const near = suggestion(/^-*([^=]*)/.exec(input)![1], OPTIONS);
      return `expected --NAME or --NAME=VALUE that says where or when jobs run, got ${JSON.stringify(input)}${near.replace("'", "'--")}${near ? ' Known' : '; known'}: ${OPTIONS.join(', ')}`;
    },
  ),
);

const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const shaped = (shape: RegExp, text: string) =>
  v.pipe(
    v.string(),
    v.regex(shape, ({ input }) => `expected ${text}, got ${JSON.stringify(input)}`),
  );

export const slurmSchema = v.strictObject({
  partition: v.optional(
    shaped(/^[\w.+@:-]+(,[\w.+@:-]+)*$/, 'a name of a partition, or several with commas between'),
  ),
  time: v.optional(shaped(/^(\d+-)?\d+(:\d+){0,2}$/, 'minutes, H:MM:SS or D-HH:MM:SS'), '1:00:00'),
  memory: v.optional(shaped(/^\d+[KMGT]?$/, 'a whole number with K, M, G or T'), '2G'),
  elements: v.optional(v.pipe(positive, v.maxValue(1_000_000)), 100),
  concurrent: v.optional(v.pipe(positive, v.maxValue(1_000_000))),
  cpus: v.optional(v.pipe(positive, v.maxValue(1024)), 1),
  signal: v.optional(v.pipe(positive, v.maxValue(65535)), 60),
  options: v.optional(v.array(option), []),
});
