// Tables as CSV (RFC 4180, lines that end in a line feed): numbers in the shortest form that reads back to the same double.

/** Columns by name. */
type CsvColumns = Readonly<Record<string, ArrayLike<string | number | boolean>>>;

function field(value: string | number | boolean): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvHeader(names: readonly string[]): string {
  return `${names.map(field).join(',')}\n`;
}

/** The rows without a header; a column that is shorter than the longest ends in empty fields. */
export function csvRows(columns: CsvColumns): string {
  const all = Object.values(columns);
  const rows = all.reduce((most, column) => Math.max(most, column.length), 0);
  let text = '';
  for (let i = 0; i < rows; ++i) text += `${all.map((column) => field(column[i] ?? '')).join(',')}\n`;
  return text;
}

export const toCsv = (columns: CsvColumns): string => csvHeader(Object.keys(columns)) + csvRows(columns);
