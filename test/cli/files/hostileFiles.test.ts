// A corpus of hostile files: each gives the right result, or one error that names the file and what is wrong with it,
// before memory is taken for what a header claims.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Core, createCore } from 'emft';
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkMemory } from '../../../cli/src/commands/eigh.js';
import { readCouplings } from '../../../cli/src/files/couplings.js';
import { checkHostMemory } from '../../../cli/src/files/hostMemory.js';
import { readMatrix } from '../../../cli/src/files/matrix/read.js';
import { parquetColumn } from '../../../cli/src/files/parquet.js';
import { sha256 } from '../../../cli/src/files/resultDirectory.js';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { DamagedShardError, decodeShard, shardName } from '../../../cli/src/sweeps/shard.js';
import { InputError, MemoryError } from '../../../src/wasm/errors.js';
import { matrixFiles } from '../../fixtures/hostile/matrixFiles.js';
import { couplingFiles, tomlFiles } from '../../fixtures/hostile/textFiles.js';

let scratch: string;
let core: Core;
let residentBefore: number;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-hostile-'));
  core = await createCore();
  residentBefore = process.resourceUsage().maxRSS;
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
  core.dispose();
});

async function written(name: string, bytes: string | Uint8Array): Promise<string> {
  const path = join(scratch, name);
  await writeFile(path, bytes);
  return path;
}

/** The InputError that a promise rejects with, on one line. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message).not.toContain('\n');
  expect(message.length).toBeLessThan(1000);
  return message;
}

test.each(matrixFiles)('$name', async ({ name, bytes, expected }) => {
  const path = await written(name, bytes);
  const read = readMatrix(path, (n) => checkMemory(path, n, core.eighBytes(n)));
  if (expected instanceof RegExp) {
    const message = await refusal(read);
    expect(message).toMatch(expected);
    expect(message.startsWith(path)).toBe(true);
  } else expect([...(await read).a]).toEqual(expected);
});

test.each(tomlFiles)('%s.toml', async (_, text, expected) => {
  const read = async () => parseExperiment(text, 'x.toml');
  if (expected === null) expect((await read()).experiment.compute).toBe('drh');
  else {
    const message = await refusal(read());
    expect(message).toMatch(expected);
    expect(message.startsWith('x.toml')).toBe(true);
  }
});

test.each(couplingFiles)('couplings: %s', async (name, text, expected) => {
  const path = await written(`${name}.txt`, text);
  if (expected instanceof RegExp) expect(await refusal(readCouplings(path))).toMatch(expected);
  else expect([...(await readCouplings(path))]).toEqual(expected);
});

type Columns = Parameters<typeof schemaFromColumnData>[0]['columnData'];

/** A Parquet file whose hash is the one in its name, as a shard. */
function shard(columnData: Columns, header: unknown) {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData }),
    kvMetadata: [{ key: 'emft', value: typeof header === 'string' ? header : JSON.stringify(header) }],
  });
  parquet.write({ columnData });
  parquet.finish();
  return named(new Uint8Array(writer.getBuffer()));
}

function named(bytes: Uint8Array): [name: string, bytes: Uint8Array] {
  return [shardName({ chunk: 0, hash: sha256(bytes).slice(0, 32), failed: 0 }), bytes];
}

const tasks = parquetColumn('task', Int32Array.of(0, 1));
const values = parquetColumn('value.x', Float64Array.of(1, 2));
const short = (numbers: number[], x: number[]) => [
  parquetColumn('task', Int32Array.from(numbers)),
  parquetColumn('value.x', Float64Array.from(x)),
];
const failure = (task: number) => ({ task, attempts: 1, error: { name: 'Error', message: '' } });
const failing = ([name, bytes]: [string, Uint8Array]): [string, Uint8Array] => [
  name.replace('.parquet', '.failed-1.parquet'),
  bytes,
];
const header = { run: 'r', from: 0, to: 2, failures: [] };
const read = ([name, bytes]: [string, Uint8Array]) =>
  decodeShard(name, bytes, {
    ...{ run: 'r', chunk: 0, from: 0, to: 2, rows: 'one' },
    columns: [{ name: 'x', type: 'double' }],
  });

test('a shard as it should be', async () => {
  expect([...(await read(shard([tasks, values], header))).columns[0]]).toEqual([1, 2]);
});

test.each<[string, () => [string, Uint8Array], RegExp]>([
  ['no Parquet', () => named(new TextEncoder().encode('PAR1 nothing PAR1')), /is not one that emft wrote/],
  ['empty', () => named(new Uint8Array(0)), /is not one that emft wrote/],
  ['truncated', () => named(shard([tasks, values], header)[1].subarray(30)), /shard/],
  [
    'footer that lies about its length',
    () => {
      const bytes = shard([tasks, values], header)[1].slice();
      new DataView(bytes.buffer).setUint32(bytes.length - 8, 2 ** 31, true);
      return named(bytes);
    },
    /is not one that emft wrote/,
  ],
  [
    'one bit turned',
    () => {
      const [name, bytes] = shard([tasks, values], header);
      return [name, bytes.map((x, i) => (i === 20 ? x ^ 1 : x))];
    },
    /does not have the hash in its name/,
  ],
  [
    'no column of values',
    () => shard([tasks], header),
    /has the columns task INT32, expected task INT32, value\.x DOUBLE/,
  ],
  [
    'no column of tasks',
    () => shard([values], header),
    /has the columns value\.x DOUBLE, expected task INT32, value\.x DOUBLE/,
  ],
  ['another chunk', () => shard([tasks, values], { ...header, to: 3 }), /another chunk of this run/],
  ['another run', () => shard([tasks, values], { ...header, run: 'q' }), /another run/],
  ['a header that is no JSON', () => shard([tasks, values], '{'), /is not one that emft wrote/],
  ['a header of null', () => shard([tasks, values], 'null'), /is not one that emft wrote/],
  [
    'a column of another type',
    () => shard([tasks, parquetColumn('value.x', Int32Array.of(1, 2))], header),
    /has the columns task INT32, value\.x INT32, expected task INT32, value\.x DOUBLE/,
  ],
  [
    'a task of another chunk',
    () => shard([parquetColumn('task', Int32Array.of(0, 2)), values], header),
    /task 2 is of another chunk/,
  ],
  ['a task missing', () => shard(short([0], [1]), header), /it lacks task 1/],
  ['a task twice', () => shard(short([0, 1, 1], [1, 2, 3]), header), /row of task 1 is out of order/],
  ['tasks in another order', () => shard(short([1, 0], [1, 2]), header), /row of task 0 is out of order/],
  [
    'a failure that its name does not tell',
    () => shard(short([0], [1]), { ...header, failures: [failure(1)] }),
    /does not hold the 0 failures that its name states/,
  ],
  [
    'a task that failed and has a row',
    () => failing(shard([tasks, values], { ...header, failures: [failure(1)] })),
    /task 1 failed and has rows/,
  ],
  [
    'a header without failures',
    () => shard([tasks, values], { ...header, failures: undefined }),
    /is not one that emft wrote/,
  ],
])('shard: %s', async (_, make, expected) => {
  const error = await read(make()).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DamagedShardError);
  expect((error as Error).message).toMatch(expected);
});

test('memory stays that of the files, not of what their headers claim', () => {
  // Kilobytes; the smallest matrix that a header here claims and memory could hold has a gigabyte.
  expect(process.resourceUsage().maxRSS - residentBefore).toBeLessThan(300_000);
});

test('a machine with too little memory is told what is needed and what is there', () => {
  const check = () => checkHostMemory('A', 3 * 2 ** 30, 2 ** 30);
  expect(check).toThrow(MemoryError);
  expect(check).toThrow('A needs 3072 MiB of memory, 1024 MiB are available');
  expect(() => checkHostMemory('A', 2 ** 20, 2 ** 30)).not.toThrow();
});
