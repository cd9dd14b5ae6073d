// What differs between JavaScript engines stays out of what a core computes.
import { expect, test } from 'vitest';
import { sources, text } from '../support/sources.js';

/** Functions whose last bits ECMAScript leaves open; `**` is exact for powers of two. */
const OPEN =
  /\bMath\.(?:a?(?:sin|cos|tan)h?|atan2|exp|expm1|log|log1p|log2|log10|pow|hypot|cbrt)\(|(?<!\b2n?) \*\* /;

/** Files that may, and why. */
const exceptions: Record<string, string> = {
  'src/operator/krylov.ts': 'the share of progress alone',
};

const withoutComments = (file: string) => text(file).replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
const found = sources('src')
  .filter((file) => !file.startsWith('src/accuracy/'))
  .filter((file) => OPEN.test(withoutComments(file)));

test('nothing that feeds a result calls a function whose bits depend on the engine', () => {
  expect(found.filter((file) => !(file in exceptions))).toEqual([]);
});

test('each exception is needed', () => {
  expect(Object.keys(exceptions).filter((file) => !found.includes(file))).toEqual([]);
});

test('such calls are seen', () => {
  for (const call of ['Math.cos(x)', 'Math.atan2(y, x)', 'Math.hypot(a, b)', 'x ** y'])
    expect(call).toMatch(OPEN);
  for (const call of ['Math.sqrt(x)', '2 ** k', '2n ** k']) expect(call).not.toMatch(OPEN);
});
