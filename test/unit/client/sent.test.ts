// What a client refuses to send is named with the reason: what another client gave, and memory that has gone.
import { InputError } from 'emft';
import { type Client, createClient, transfer } from 'emft/client';
import { afterAll, beforeAll, expect, test } from 'vitest';

let client: Client;
beforeAll(async () => {
  client = await createClient();
});
afterAll(() => client.dispose());

const pair = { sites: 2, terms: [{ op: 'zz', sites: [0, 1] }] };

test('one of another client was said to have a function in it, which nobody had given', async () => {
  const other = await createClient();
  const theirs = await other.spins(pair);
  await expect(client.eigsh(theirs, { k: 1 })).rejects.toThrow(
    /^arguments\[0\]: belongs to another client, whose worker has it/,
  );
  const mine = await client.spins(pair);
  await expect(mine.plus(theirs)).rejects.toThrow(
    /^arguments\[0\]: belongs to another client, whose worker has it/,
  );
  other.dispose();
});

test('an array that was transferred before is named, with what became of it', async () => {
  const b = Float64Array.of(2, 0, 0, 2);
  await client.eigh(transfer(b), 2);
  const again = client.eigh([1, 0, 0, 1], 2, { b });
  await expect(again).rejects.toThrow(
    /^arguments\[2\]\.b: has no memory any more: it was transferred before$/,
  );
  await expect(again).rejects.toThrow(InputError);
  // Marked once more it has nothing to give; one that never had any is a matrix of order 0.
  await expect(client.eigh(transfer(b), 2)).rejects.toThrow(/^arguments\[0\]: has no memory/);
  expect((await client.eigh(transfer(new Float64Array(0)), 0)).values).toHaveLength(0);
});
