// Tables as CSV (RFC 4180, lines that end in a line feed): numbers in the shortest form that reads back to the same double. It is
// what cli/src/files/csv.ts writes, here once more because the page imports the library alone; test/browser/csv.test.ts
// compares the two.

function field(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Named columns; one that is shorter than the longest ends in empty fields. */
export function toCsv(data: Readonly<Record<string, ArrayLike<number | string>>>): string {
  const columns = Object.values(data);
  const rows = Math.max(0, ...columns.map((column) => column.length));
  let text = `${Object.keys(data).map(field).join(',')}\n`;
  for (let i = 0; i < rows; ++i) text += `${columns.map((column) => field(column[i] ?? '')).join(',')}\n`;
  return text;
}
