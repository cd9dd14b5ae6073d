// Tables in text: RFC 4180 with a comma, semicolon or tab between fields, or fields separated by blanks.
// Fields in quotation marks may contain separators, line ends and doubled marks; `#` outside of them begins a
// comment; blank lines are ignored.
import { InputError, quoted as shown } from 'emft/check';

export type Separator = ',' | ';' | '\t' | ' ';

export interface TableRecord {
  /** The line of its first character, counted from 1. */
  line: number;
  fields: string[];
}

/** Most characters of a first line that are examined. */
const MOST_HEADER = 2 ** 16;

/** The separator of fields in the first line with content; characters within quotation marks do not count. */
export function separatorOf(text: string): Separator {
  let at = 0;
  for (let end = 0; at < text.length; at = end + 1) {
    const found = text.indexOf('\n', at);
    end = found < 0 ? text.length : found;
    const start = text.slice(at, end).trimStart();
    if (start !== '' && !start.startsWith('#')) break;
  }
  const bare = text
    .slice(at, at + MOST_HEADER)
    .replace(/"[^"]*"/g, '-')
    .split(/[\r\n#]/, 1)[0]
    .trim();
  return ([';', ',', '\t'] as const).find((separator) => bare.includes(separator)) ?? ' ';
}

/** Splits a text into records, one at a time; `name` stands for it in messages. */
export function* records(name: string, text: string, separator: Separator): Generator<TableRecord> {
  const blanks = separator === '\t' ? / */y : /[ \t]*/y;
  const field = { ',': /[^,\n\r#]*/y, ';': /[^;\n\r#]*/y, '\t': /[^\t\n\r#]*/y, ' ': /[^\s#]*/y }[separator];
  let at = 0;
  let line = 1;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text)!;
    at += found.length;
    return found;
  };
  const quoted = (): string => {
    const start = at + 1;
    at = start;
    while (true) {
      at = text.indexOf('"', at);
      if (at < 0) throw new InputError(name, `line ${line}: a quotation mark is not closed`);
      if (text.charAt(at + 1) !== '"') break;
      at += 2;
    }
    const content = text.slice(start, at++);
    line += content.split(/\r\n?|\n/).length - 1;
    return content.replaceAll('""', '"');
  };
  while (at < text.length) {
    const record: TableRecord = { line, fields: [] };
    take(blanks);
    while (true) {
      const inMarks = text.charAt(at) === '"';
      record.fields.push(inMarks ? quoted() : take(field).trim());
      const after = at;
      take(blanks);
      const next = text.charAt(at);
      if ('\n\r#'.includes(next)) break;
      if (next === separator) at++;
      else if (separator !== ' ' || after === at) {
        throw new InputError(name, `line ${line}: ${shown(next)} behind a closing quotation mark`);
      }
      if (separator !== ' ') take(blanks);
    }
    take(/[^\n\r]*/y);
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line++;
    if (record.fields.length > 1 || record.fields[0] !== '') yield record;
  }
}
