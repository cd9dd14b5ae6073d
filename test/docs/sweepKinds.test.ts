// The commands and docs/sweeps.md say what sweeps compute, both from the registry: nothing is missing, nothing is outdated.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kindsMarkdown, kindText } from '../../cli/src/sweeps/describe.js';
import { sweepKinds } from '../../cli/src/sweeps/kinds/index.js';
import { residentCommand } from '../support/runs/resident.js';

const emft = residentCommand();

test('docs/sweeps.md is what scripts/generate-sweeps-doc.js writes', () => {
  expect(readFileSync('docs/sweeps.md', 'utf8')).toBe(kindsMarkdown());
});

test.each(Object.keys(sweepKinds))(
  '%s is described with every table, key, default, unit and column',
  (name) => {
    const text = kindText(name);
    const { parameters, tables } = sweepKinds[name];
    for (const [key, parameter] of Object.entries(parameters)) {
      const line = text.split('\n').find((one) => one.startsWith(`  ${key} `))!;
      expect(line).toContain(parameter.description);
      if (parameter.default !== undefined) expect(line).toContain(String(parameter.default));
      if (parameter.unit.length > 1) expect(line).toContain(parameter.unit);
    }
    for (const [table, { columns }] of Object.entries(tables)) {
      expect(text).toContain(`table ${table}`);
      for (const [key, { description }] of Object.entries(columns)) {
        expect(text).toMatch(new RegExp(`  ${key} .*${description.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
      }
    }
  },
);

test('emft sweep --kinds and --describe print it; what is misspelt is told', async () => {
  const kinds = await emft(['sweep', '--kinds']);
  expect(
    kinds.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(Object.keys(sweepKinds));
  const described = await emft(['sweep', '--describe', 'ed']);
  expect(described.stdout).toBe(kindText('ed'));
  const json = await emft(['sweep', '--describe', 'ed', '--json']);
  expect(Object.keys(JSON.parse(json.stdout).parameters)).toEqual(Object.keys(sweepKinds.ed.parameters));
  const wrong = await emft(['sweep', '--describe', 'edd']);
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('--describe')]);
  const none = await emft(['sweep']);
  expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('config')]);
});

test('no column has the name of a parameter of its table: in collected files it would replace it', () => {
  const clashes = Object.entries(sweepKinds).flatMap(([kind, { parameters, tables }]) =>
    Object.entries(tables).flatMap(([table, { columns }]) =>
      Object.keys(columns)
        .filter((name) => parameters[name] && (parameters[name].tables ?? [table]).includes(table))
        .map((name) => `${kind} ${table} ${name}`),
    ),
  );
  // The phase that was drawn where none was given.
  expect(clashes).toEqual(['lattice verdict theta0']);
});
