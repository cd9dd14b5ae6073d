// Tables of couplings: every separator, quotation, comments, columns by name, and what is refused with its line.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { records, separatorOf } from '../../../cli/src/common/table.js';
import { readCouplings } from '../../../cli/src/files/couplings.js';
import { refusal } from '../../support/fileFormats.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-formats-'));
});
afterAll(() => rm(scratch, { recursive: true }));

describe('tables of couplings', () => {
  const couplings = async (text: string) => {
    await writeFile(join(scratch, 'table'), text);
    return [...(await readCouplings(join(scratch, 'table')))];
  };

  test.each([
    ['quoted header with a comma', '"site, left to right",g0\n1,0.5\n2,0.25\n'],
    ['quoted header with a line end', '"site\nnumber","g0"\n"1","0.5"\n"2","0.25"\n'],
    ['quoted header with marks', '"the ""bare"" one",g0\r\nx,0.5\r\ny,0.25\r\n'],
    ['quoted fields with commas, line ends and #', 'note,g0\n"a, b",0.5\n"c\nd # e",0.25\n'],
    ['semicolons', 'n;g\n1;0.5\n2;0.25\n'],
    ['semicolons and quoted commas', '"n, m";"g"\n1;0.5\n2;0.25'],
    ['tabs', 'my site\tg0\nfirst one\t0.5\nsecond one\t0.25\n'],
    ['blanks', '  n   g0 \n  1   0.5\n  2   0.25\n'],
    ['blanks and quotation marks', '"my site" g0\n"first one" 0.5\n"second one" 0.25\n'],
    ['blanks around fields', ' n , "g0" , x \n 1 , 0.5 , \n 2 , "0.25" ,\n'],
    ['empty fields', 'a,g0,b\n,0.5,\n,0.25,\n'],
    ['byte order mark and quotation marks', '\uFEFF"g0"\n0.5\n0.25\n'],
    ['comments', '# from somewhere, 2022\n\nn,g0 # the bare ones\n1,0.5\n# between\n2,0.25 # last\n'],
    ['a column alone', '"anything, really"\n0.5\n0.25\n'],
    ['numbers in quotation marks', '"0.5","0.25"\n'],
    ['numbers of Fortran', '0.5D0 2.5-001\n'],
    ['the first of several names', 'g,g0\n1,0.5\n2,0.25\n'],
  ])('%s', async (_, text) => {
    expect(await couplings(text)).toEqual([0.5, 0.25]);
  });

  test.each([
    ['g0,b\n"0.5,1\n', /line 2: a quotation mark is not closed/],
    ['g0,b\n"0.5"x,1\n', /line 2: 'x' behind a closing quotation mark/],
    ['g0,b\n0.5\n', /line 2: 1 fields, expected 2/],
    ['g0,b\n0.5,1,2\n', /line 2: 3 fields, expected 2/],
    ['g0,b\n,1\n', /line 2: '' is not a finite number/],
    ['g0;b\n0,5;1\n', /line 2: '0,5' is not a finite number: decimals are written with a point/],
    ['0,5;0,25\n', /line 1: '0,5' is not a finite number: decimals are written with a point/],
    ['1,2;\n', /line 1: '1,2' is not a finite number: decimals/],
    ['g0,x,g0\n1,2,3\n', /line 1: two columns are called g0/],
    ['"a\nb",g0\n1,2\n"c\n\nd",x\n', /line 4: 'x' is not a finite number/],
    ['g0\n0x10\n', /line 2: '0x10' is not a finite number/],
    ['g0\n1e999\n', /line 2: '1e999' is not a finite number/],
    ['[1, 1e999]', /element 1 is beyond the range of a double/],
    ['g0\n1\0\n', /is not text: its byte 4, counted from 0, is 0/],
  ])('%j is refused', async (text, reason) => {
    expect(await refusal(couplings(text))).toMatch(reason);
  });

  test('text in another encoding is refused with the line', async () => {
    await writeFile(join(scratch, 'latin1'), Buffer.from('g0,Größe\n1,2\n', 'latin1'));
    expect(await refusal(readCouplings(join(scratch, 'latin1')))).toMatch(/line 1: is not text in UTF-8/);
  });

  test('whatever is quoted as RFC 4180 says comes back', () => {
    const field = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'",;\t \n\r#ab') }));
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t', ' '),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.array(field, { minLength: 2, maxLength: 2 }), { minLength: 1 }),
        (separator, end, rows) => {
          const text = rows.map((row) => row.map(quote).join(separator)).join(end);
          const read = [...records('x', text, separator as ',')];
          expect(read.map(({ fields }) => fields)).toEqual(rows);
          expect(separatorOf(`${quote('a,b;c')}${separator}d${end}${text}`)).toBe(separator);
        },
      ),
    );
  });
});
