// What the views of the page import of each other, of their tasks and of what computes. Imports of types count as well.
import { expect, test } from 'vitest';
import { type Import, importsOf, sources, text } from '../support/sources.js';

const views = sources('web/src/views');
const arrows = views.flatMap(importsOf);
const viewOf = (file: string) => /^web\/src\/views\/(\w+)\//.exec(file)?.[1];
const wrong = (rule: (arrow: Import) => boolean) =>
  arrows.filter((arrow) => !rule(arrow)).map(({ from, to }) => `${from} imports ${to}`);

test('a view imports no other', () => {
  expect(new Set(views.map(viewOf)).size).toBeGreaterThan(6);
  expect(wrong(({ from, to }) => !viewOf(from) || !viewOf(to) || viewOf(from) === viewOf(to))).toEqual([]);
});

test('a task knows what a task is, and nothing of how its view shows what it computes', () => {
  const tasks = arrows.filter(({ from }) => from.endsWith('/task.ts'));
  expect(tasks.length).toBeGreaterThan(10);
  expect(
    tasks.filter(
      ({ from, to }) =>
        to.startsWith('web/') &&
        !/^web\/src\/(tasks\/\w+|lab\/\w+|views\/levels)\.ts$/.test(to) &&
        (viewOf(from) !== viewOf(to) || /\/(view|figures)\.ts$/.test(to)),
    ),
  ).toEqual([]);
});

test('figures draw: they import nothing that computes, and only the types of their task', () => {
  const figures = views.filter((file) => file.endsWith('/figures.ts'));
  expect(figures.length).toBeGreaterThan(4);
  for (const file of figures) {
    // emft/check has names of methods, and nothing that computes.
    expect([file, /from 'emft(?!\/check')|worker\//.exec(text(file))]).toEqual([file, null]);
    expect([file, /^import (?!type )[^;]*task\.js/m.exec(text(file))]).toEqual([file, null]);
  }
});
