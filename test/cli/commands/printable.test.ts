// Text of others as it is printed: nothing that a terminal obeys, and no code of the system.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileError, fileError } from '../../../cli/src/files/fileError.js';
import { printable, printableJson } from '../../../cli/src/files/printable.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come through
const CONTROL = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const whole = (t: string) => Buffer.from(t).toString() === t;
const text = fc.string({ unit: 'binary', maxLength: 40 });

test('no sequence that a terminal obeys is printed, and the rest of the text is as it was', () => {
  expect(printable('\x1b]0;owned\x07 a\r\n\x9b2J b\u202etxt.exe')).toBe(
    '\\u001b]0;owned\\u0007 a\\r\\n\\u009b2J b\\u202etxt.exe',
  );
  expect(printable('Größe α → 😀 "quoted" \\n')).toBe('Größe α → 😀 "quoted" \\n');
  fc.assert(
    fc.property(text, (t) => {
      expect(printable(t)).not.toMatch(CONTROL);
      expect(whole(printable(t))).toBe(true);
      if (!CONTROL.test(t) && whole(t)) expect(printable(t)).toBe(t);
    }),
  );
});

test('a JSON document reads back as the same value', () => {
  fc.assert(
    fc.property(text, fc.integer(), (t, n) => {
      const json = printableJson(JSON.stringify({ [t]: [t, n] }));
      expect(json).not.toMatch(CONTROL);
      expect(JSON.parse(json)).toEqual({ [t]: [t, n] });
    }),
  );
});

test('errors of the system are sentences without its codes', () => {
  const error = (code: string, message: string) => Object.assign(new Error(message), { code });
  const full = fileError(error('ENOSPC', 'ENOSPC: no space left on device, write'), 'a.npy', 'written');
  expect(full).toBeInstanceOf(FileError);
  expect((full as Error).message).toBe('a.npy: cannot be written: the disk is full; make room');
  const rare = fileError(error('EILSEQ', "EILSEQ: illegal byte sequence, open 'x'"), 'x', 'read');
  expect((rare as Error).message).toBe('x: cannot be read: illegal byte sequence');
  const other = error('ERR_INVALID_ARG_TYPE', 'The "path" argument must be of type string');
  expect(fileError(other, 'x', 'read')).toBe(other);
});
