// The shape of an experiment file, and the errors for a file with another shape.

import { InputError } from 'emft/check';
import * as v from 'valibot';
import { foremost, placeIn, reasonOf } from './issues.js';
import type { SweepKind } from './kind.js';
import { modelSchemas } from './modelSchemas.js';
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
        v.array(
          v.strictObject({ samples: v.optional(positive, 1), ...parameters }),
          'expected tables [[ensemble]], in two pairs of brackets',
        ),
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

/** What valibot found, in the words of this package; an unknown key comes with the nearest known one, or with where it belongs. */
export function issueError(
  file: string,
  all: readonly v.BaseIssue<unknown>[],
  compute: string,
  kind: SweepKind,
  inside: readonly string[] = [],
): InputError {
  const found = foremost(all);
  // The error inside a member of a union says more than "no member fits": that of a list of what a list may be, else of a table.
  const inList = Array.isArray(found.input);
  const members = (found.type === 'union' ? (found.issues ?? []) : []).filter(
    (i) => i.path && (inList ? i.type === 'union' : !['array', 'union'].includes(i.type)),
  );
  const issue = members.length > 0 ? foremost(members) : found;
  const deeper = [...(found.path ?? []), ...(issue === found ? [] : (issue.path ?? []))].map((p) => p.key);
  const path = [...inside, ...deeper];
  const key = String(path.at(-1));
  const known = () => knownKeys(path.slice(0, -1), compute, kind);
  return new InputError(
    `${file}: ${placeIn(path)}`,
    reasonOf(issue, key, known, placeOf(path, compute, kind)),
  );
}

/** Where a key belongs that does not belong where it stands: TOML has whatever follows a section in that section. */
function placeOf(path: readonly unknown[], compute: string, kind: SweepKind): string | undefined {
  const key = String(path.at(-1));
  if (key === 'samples') return '[[ensemble]]';
  if (path.length === 1 && Object.hasOwn(kind.parameters, key)) return '[parameters] or [[ensemble]]';
  const head = knownKeys([], compute, kind).filter((name) => !SECTIONS.includes(name));
  return path.length > 1 && head.includes(key) ? 'the head of the file, before its first section' : undefined;
}

const SECTIONS = ['parameters', 'ensemble', 'model', 'run', 'slurm', 'figure', 'quick'];

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
