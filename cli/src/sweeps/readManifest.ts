// Reads manifest.json. The file may be damaged, edited, of another version, or from somebody else: only what this
// version would have written for some experiment is accepted, and the error says what is wrong.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { InputError } from 'emft/check';
import * as v from 'valibot';
import { misnamed, systemCode } from '../files/fileError.js';
import type { FileSystem } from '../files/fileSystem.js';
import { repeatsKey } from '../files/repeatedKeys.js';
import { resolveExperiment, unresolved } from './experiment.js';
import { FORMAT, identityOf, KIND, type Manifest, type Meaning, meaningOf, seal } from './manifest.js';
import { checkChunkSizes } from './plan.js';

/**
 * Most bytes of a manifest. A grid written out as a list makes it long; a string beyond this is too long to be parsed.
 */
const LONGEST_MANIFEST = 2 ** 28;

const DAMAGED = 'was edited or is damaged';

export async function readManifest(path: string, fs: FileSystem): Promise<Manifest> {
  const file = join(path, 'manifest.json');
  return parseManifest(await readText(path, file, fs), file);
}

async function readText(path: string, file: string, fs: FileSystem): Promise<string> {
  try {
    const stat = await fs.stat(file);
    if (!stat.isFile()) throw new InputError(file, 'is not a regular file');
    if (stat.size > LONGEST_MANIFEST)
      throw new InputError(file, `is ${stat.size} bytes long, more than a manifest is`);
    return (await fs.readFile(file)).toString('utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new InputError(path, 'is not the directory of a run: it has no manifest.json');
    }
    throw misnamed(error, file, 'read');
  }
}

const text = v.string();
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const described = { name: text, unit: text, description: text };

/** Fields that are checked below, by building them anew, are only roughly checked here. */
const shape = v.strictObject({
  kind: v.literal(KIND),
  format: v.literal(FORMAT),
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  created: v.pipe(v.string(), v.isoTimestamp()),
  engine: v.picklist(['local', 'slurm'] as const),
  experiment: v.looseObject({
    compute: text,
    columns: v.array(v.strictObject({ name: text, unit: text })),
    ensembles: v.array(
      v.strictObject({ samples: v.number(), axes: v.custom<object>((x) => typeof x === 'object' && !!x) }),
    ),
  }),
  chunkSizes: v.array(count),
  tasks: count,
  parameters: v.array(v.strictObject({ ...described, type: v.picklist(['number', 'integer', 'choice']) })),
  columns: v.array(v.strictObject({ ...described, type: v.picklist(['double', 'integer', 'boolean']) })),
  provenance: v.strictObject({
    version: text,
    revision: v.nullable(text),
    wasmSha256: hash,
    codeSha256: hash,
  }),
  identity: hash,
  machine: v.record(text, v.union([text, v.number()])),
  sha256: hash,
  run: v.looseObject({ slurm: v.looseObject({}) }),
});

/** Throws an InputError unless `text`, apart from white space and `run`, is what was written when the run began. */
export function parseManifest(text: string, file: string): Manifest {
  const value = parseJson(text, file);
  const { kind, format, provenance } = (value ?? {}) as Partial<Manifest>;
  if (kind !== KIND) throw new InputError(file, 'is not the manifest of a run');
  if (format !== FORMAT) throw new InputError(file, otherFormat(format, provenance));
  const result = v.safeParse(shape, value);
  if (!result.success) {
    const [{ message, path = [] }] = result.issues;
    throw new InputError(
      `${file}: ${path.map(({ key }) => String(key)).join('.')}`,
      `${DAMAGED}: ${message}`,
    );
  }
  const manifest = value as Manifest;
  checkExperiment(manifest, file);
  const own: Meaning = manifest;
  if (identityOf(manifest, own, manifest.provenance) !== manifest.identity) {
    throw new InputError(file, `${DAMAGED}: what it describes does not have the identity that it states`);
  }
  if (seal(manifest) !== manifest.sha256) {
    throw new InputError(file, `${DAMAGED}: it does not have the SHA-256 that it states`);
  }
  return manifest;
}

function parseJson(text: string, file: string): unknown {
  try {
    const value = JSON.parse(text);
    if (repeatsKey(text, value)) throw new InputError(file, `${DAMAGED}: a key is given twice`);
    // Through text once more, so that the object that is used is the one that is hashed, without the sign of a zero.
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    if (error instanceof InputError) throw error;
    const problem = error instanceof SyntaxError ? 'it is not JSON' : 'it is nested too deeply';
    throw new InputError(file, `${DAMAGED}: ${problem}`);
  }
}

function otherFormat(format: unknown, provenance: Partial<Manifest['provenance']> | undefined): string {
  if (typeof format !== 'number' || !(format >= 1 && format < FORMAT)) {
    return `has format ${JSON.stringify(format)}, which this version of emft does not know; it reads format ${FORMAT}`;
  }
  return `has format ${format}, of an earlier version of emft: ${wayOut(provenance)}`;
}

/** What to do with a run of another version. */
function wayOut({ version, revision }: Partial<Manifest['provenance']> = {}): string {
  return (
    `finish and collect the run with the version that began it (${version}, revision ${revision}), ` +
    'or compute it anew in another directory'
  );
}

/** Why this version would describe the run otherwise: hashes that fit show another version, others an edit. */
function otherMeaning(manifest: Manifest, difference: string): string {
  const { provenance, sha256 } = manifest;
  const whole = seal(manifest) === sha256 && identityOf(manifest, manifest, provenance) === manifest.identity;
  return whole
    ? `${difference}; another version of emft wrote it: ${wayOut(provenance)}`
    : `${DAMAGED}, or comes from another version: ${difference}`;
}

/** The experiment and the settings must be ones that a file can ask for, with the same meaning in this version. */
function checkExperiment(manifest: Manifest, file: string): void {
  const { experiment, run, chunkSizes } = manifest;
  const again = resolveExperiment(unresolved(manifest), file);
  if (!isDeepStrictEqual(again, { experiment, run })) {
    throw new InputError(file, otherMeaning(manifest, 'its experiment is read otherwise here'));
  }
  if (chunkSizes.length !== experiment.ensembles.length) {
    throw new InputError(`${file}: chunkSizes`, `${DAMAGED}: expected one for each ensemble`);
  }
  checkChunkSizes(experiment, chunkSizes);
  const now = meaningOf(experiment);
  for (const key of ['tasks', 'parameters', 'columns'] as const) {
    if (isDeepStrictEqual(bare(manifest[key]), bare(now[key]))) continue;
    throw new InputError(
      `${file}: ${key}`,
      otherMeaning(manifest, `expected ${JSON.stringify(bare(now[key]))}`),
    );
  }
}

/** Removes the descriptions, which a later version may word better. */
function bare(list: number | (Meaning['parameters'] | Meaning['columns'])): unknown {
  if (typeof list === 'number') return list;
  return list.map(({ name, type, unit }) => ({ name, type, unit }));
}
