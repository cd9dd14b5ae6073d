// Describes in words what an experiment file can compute: for `emft sweep --describe` and for
// docs/sweeps.md, from the registry alone.
import { columnName } from '../files/columnNames.js';
import type { Column, Parameter } from './kind.js';
import { sweepKinds } from './kinds/index.js';

const rangeOf = ({ min, max, above }: { min?: number; max?: number; above?: number }): string =>
  [
    above === undefined ? '' : `> ${above}`,
    min === undefined ? '' : `≥ ${min}`,
    max === undefined ? '' : `≤ ${max}`,
  ]
    .filter((part) => part !== '')
    .join(' and ');

/** The values that a parameter takes. */
function valuesOf(parameter: Parameter): string {
  if (parameter.type === 'choice') return parameter.choices.join(', ');
  const range = rangeOf(parameter);
  return `${parameter.type === 'integer' ? 'whole number' : 'number'}${range && ` ${range}`}`;
}

/** The value of a parameter that is not given. */
function defaultOf(parameter: Parameter): string {
  if (parameter.default !== undefined) return String(parameter.default);
  return 'optional' in parameter && parameter.optional ? 'may be left out' : 'needed';
}

const unitOf = ({ unit }: { unit: string }) => (unit === '' || unit === '1' ? '' : unit);

interface Described {
  headings: readonly string[];
  rows: string[][];
}

const parametersOf = (kind: string): Described => ({
  headings: ['parameter', 'values', 'unit', 'default', ''],
  rows: Object.entries(sweepKinds[kind].parameters).map(([name, parameter]) => [
    name,
    valuesOf(parameter),
    unitOf(parameter),
    defaultOf(parameter),
    parameter.description + (parameter.tables ? ` (table ${parameter.tables.join(', ')})` : ''),
  ]),
});

/** The names of a column in files: entropies are in nats or in log 2. */
function namesOf(name: string, { unit }: Column): string {
  return (unit === 'nat' ? ['nat', 'log 2'] : [unit]).map((one) => columnName(name, one)).join(', ');
}

const columnsOf = (kind: string, table: string): Described => ({
  headings: ['column', 'in files', 'unit', ''],
  rows: Object.entries(sweepKinds[kind].tables[table].columns).map(([name, column]) => [
    name,
    namesOf(name, column),
    column.unit === 'nat' ? 'nat, or log 2' : unitOf(column),
    column.description,
  ]),
});

function unitNotes(kind: string): string[] {
  const { energy } = sweepKinds[kind];
  return energy === undefined ? [] : [energy];
}

/** The kinds, a line each. */
export function kindsText(): string {
  const width = Math.max(...Object.keys(sweepKinds).map((name) => name.length));
  return Object.entries(sweepKinds)
    .map(([name, { description }]) => `${name.padEnd(width)}  ${description}\n`)
    .join('');
}

function aligned({ headings, rows }: Described): string {
  const all = [[...headings], ...rows];
  const widths = headings.map((_, k) => Math.max(...all.map((row) => row[k].length)));
  return all
    .map(
      (row) =>
        `  ${row
          .map((cell, k) => cell.padEnd(widths[k]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** One kind: its parameters and its tables with their columns. */
export function kindText(name: string): string {
  const { description, tables, model } = sweepKinds[name];
  const [first] = Object.keys(tables);
  return [
    `${name}: ${description}\n`,
    ...(model ? [`\n[model]\n`, ...model.description.map((text) => `${text}\n`), `\n${model.example}`] : []),
    `\n${aligned(parametersOf(name))}`,
    ...unitNotes(name).map((note) => `  ${note}\n`),
    ...Object.entries(tables).map(
      ([table, { description: about }]) =>
        `\ntable ${table}${table === first ? ' (without table = …)' : ''}: ${about}\n${aligned(columnsOf(name, table))}`,
    ),
  ].join('');
}

// Keeps Markdown from reading '[S](g)' as a link.
function markdownTable({ headings, rows }: Described): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('](', ']\\(')).join(' | ')} |\n`;
  return line(headings) + line(headings.map(() => '---')) + rows.map(line).join('');
}

/** The page of the documentation. */
export function kindsMarkdown(): string {
  const sections = Object.entries(sweepKinds).map(([name, { description, tables, model }]) => {
    const parts = Object.entries(tables).map(
      ([table, { description: about }]) =>
        `### Table \`${table}\` of \`${name}\`\n\n${about[0].toUpperCase()}${about.slice(1)}.\n\n${markdownTable(columnsOf(name, table))}`,
    );
    const notes = unitNotes(name)
      .map((note) => `\n${note[0].toUpperCase()}${note.slice(1)}.\n`)
      .join('');
    const section = model
      ? `${model.description.join('\n\n')}\n\n\`\`\`toml\n${model.example}\`\`\`\n\n`
      : '';
    return `## \`${name}\`\n\n${description[0].toUpperCase()}${description.slice(1)}.\n\n${section}${markdownTable(parametersOf(name))}${notes}\n${parts.join('\n')}`;
  });
  return `${PREFACE}\n${sections.join('\n')}`;
}

const PREFACE = `# What a sweep can compute

This page is written by \`node scripts/generate-sweeps-doc.js\` from the registry of kinds; \`emft sweep --kinds\` and \`emft sweep --describe KIND\` print the same.

An experiment file names a kind under \`compute\`, one of its tables under \`table\` (the first, where it names none), the wanted columns under \`columns\` (all, where it names none; entropies as \`"entropy [log 2]"\` or in nats), and a \`seed\`. Parameters stand in \`[parameters]\`, or in an \`[[ensemble]]\` with its number of \`samples\`: a value, a list, or a range \`{ from, to, points, spacing = "geometric" }\`. A collected file has a column for each parameter, \`sample\`, and the columns of the table; their names end in the unit, where there is one. Energies have no unit in their names: of \`ed\` they are in the unit in which \`h\` is given, of lattices in that of the hopping.
`;
