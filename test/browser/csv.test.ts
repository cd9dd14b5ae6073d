// Tables of the command and of the page's downloads: commas in names no longer part fields.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvHeader, csvRows, toCsv } from '../../cli/src/common/csv.js';
import { records } from '../../cli/src/common/table.js';

test('a column or a value with a comma or a quotation mark was written bare', () => {
  expect(toCsv({ 'a, b': ['x "y"', 'z'], c: Float64Array.of(0.1, -0) })).toBe(
    '"a, b",c\n"x ""y""",0.1\nz,0\n',
  );
  expect(toCsv({ a: [1, 2], b: ['x'] })).toBe('a,b\n1,x\n2,\n');
});

test('reads back, also in pieces', () => {
  const word = fc.string({ unit: fc.constantFrom(...'ab,"\n\r ;') });
  const value = fc.oneof(fc.double(), word);
  const columns = fc
    .integer({ min: 0, max: 4 })
    .chain((rows) =>
      fc.dictionary(word, fc.array(value, { minLength: rows, maxLength: rows }), { minKeys: 1 }),
    );
  fc.assert(
    fc.property(columns, (data) => {
      expect(toCsv(data)).toBe(csvHeader(Object.keys(data)) + csvRows(data));
    }),
  );
  const [names, row] = [...records('page', toCsv({ 'a,"b"': ['c\nd'], e: [5e-324] }), ',')];
  expect([names.fields, row.fields]).toEqual([
    ['a,"b"', 'e'],
    ['c\nd', '5e-324'],
  ]);
});
