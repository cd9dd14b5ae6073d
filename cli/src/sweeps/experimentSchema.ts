// The shape of an experiment file, and the errors for a file with another shape.

import { InputError } from 'emft/check';
import * as v from 'valibot';
import type { SweepKind } from './kind.js';
import { modelSchemas } from './modelSchemas.js';
import { suggestion } from './nearest.js';
import { slurmSchema } from './slurmSettings.js';

const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const axis = v.union(
  [
    v.number(),
    v.string(),
    v.array(
      v.union([v.number(), v.string()], ({ received }) => `expected a number or a word, got ${received}`),
    ),
    v.strictObject({
      from: v.pipe(v.number(), v.finite()),
      to: v.pipe(v.number(), v.finite()),
      points: v.pipe(positive, v.maxValue(1_000_000)),
      spacing: v.optional(v.picklist(['linear', 'geometric'])),
    }),
  ],
  ({ received }) =>
    `expected a number, a word, a list of them, or a range { from, to, points, spacing? }, got ${received}`,
);

/** The file's shape for one kind, without the section [model], on which parameters may depend; parameters are checked by name here and by value afterwards. */
export function fileSchema(kind: SweepKind) {
  const parameters = Object.fromEntries(Object.keys(kind.parameters).map((name) => [name, v.optional(axis)]));
  return v.strictObject({
    title: v.optional(v.string(), ''),
    compute: v.string(),
    table: v.optional(v.picklist(Object.keys(kind.tables)), Object.keys(kind.tables)[0]),
    columns: v.optional(
      v.pipe(
        v.array(v.string()),
        v.minLength(1, 'expected the names of columns, got an empty list; left out, it is all of the table'),
      ),
    ),
    seed: v.optional(v.pipe(v.number(), v.safeInteger()), 0),
    build: v.optional(v.picklist(['simd', 'relaxed'] as const), 'simd'),
    parameters: v.optional(v.strictObject(parameters), {}),
    ensemble: v.optional(
      v.pipe(
        v.array(v.strictObject({ samples: v.optional(positive, 1), ...parameters })),
        v.minLength(1, 'expected tables [[ensemble]], got an empty list'),
      ),
      [{}],
    ),
    run: v.optional(
      v.strictObject({
        chunk: v.optional(positive),
        retries: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100)), 2),
        workers: v.optional(v.pipe(positive, v.maxValue(1024))),
      }),
      {},
    ),
    slurm: v.optional(slurmSchema, {}),
    // What a figure has beside its sweep: the figure checks it.
    figure: v.optional(v.looseObject({})),
  });
}

/**
 * The first thing that valibot found, in the words of this package; an unknown key comes with the nearest known one.
 */
export function issueError(
  file: string,
  found: v.BaseIssue<unknown>,
  compute: string,
  kind: SweepKind,
  inside: readonly string[] = [],
): InputError {
  // The error inside a member of a union says more than "no member fits": that of a list of what a list may be, else of a table.
  const members = found.type === 'union' ? (found.issues ?? []) : [];
  const inList = Array.isArray(found.input);
  const issue =
    members.find((i) => i.path && (inList ? i.type === 'union' : !['array', 'union'].includes(i.type))) ??
    found;
  const deeper = [...(found.path ?? []), ...(issue === found ? [] : (issue.path ?? []))].map((p) => p.key);
  const path = [...inside, ...deeper];
  const name = `${file}: ${placeIn(path)}`;
  const known = () => knownKeys(path.slice(0, -1), compute, kind);
  return new InputError(name, reasonOf(issue, String(path.at(-1)), known));
}

/** What is wrong with a key, for a message; `known`: the keys that there may be beside it. */
export function reasonOf(issue: v.BaseIssue<unknown>, key: string, known: () => readonly string[]): string {
  if (issue.type !== 'strict_object' || issue.expected !== 'never') {
    const missing = issue.expected !== 'never' && issue.received === 'undefined';
    return missing ? 'missing' : issue.message;
  }
  const keys = known();
  const near = suggestion(key, keys);
  return `unknown key${near}${near ? ' Known' : '; known'} here: ${keys.join(', ')}`;
}

/** A path in a file as people count: from 1. */
export const placeIn = (path: readonly unknown[]): string =>
  path.map((key) => (typeof key === 'number' ? key + 1 : key)).join('.');

function knownKeys(path: unknown[], compute: string, kind: SweepKind): string[] {
  const { entries } = fileSchema(kind);
  const inner = (schema: unknown) => Object.keys((schema as { entries: object }).entries);
  if (path.length === 0) return [...Object.keys(entries), 'quick', ...(kind.model ? ['model'] : [])];
  switch (path[0]) {
    case 'model':
      return [...modelSchemas[compute].keysAt(path.slice(1))];
    case 'run':
      return inner(entries.run.wrapped);
    case 'slurm':
      return inner(entries.slurm.wrapped);
    case 'parameters':
      return path.length > 1 ? inner(axis.options[3]) : inner(entries.parameters.wrapped);
    default:
      return path.length > 2 ? inner(axis.options[3]) : inner(entries.ensemble.wrapped.pipe[0].item);
  }
}
