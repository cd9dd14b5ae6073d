// Fixtures of files in the formats that are read, and how a file is refused.
import { expect } from 'vitest';
import { InputError } from '../../src/wasm/errors.js';

export const path = (name: string) => new URL(`../fixtures/${name}`, import.meta.url).pathname;

/** The matrix that the scripts save. */
export const reference = [2, -1, 0.5, -1, 3, 0.25, 0.5, 0.25, -4];

/** The one line that a file is refused with. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message).not.toContain('\n');
  expect(message.length).toBeLessThan(600);
  return message;
}
