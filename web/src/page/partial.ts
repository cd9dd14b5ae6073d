// What is shown of a run before all of it is there.
import type { Figure } from '../parts/view.js';

/** The figures with those of a partial result in place of their own; new ones follow their neighbours, as they do on the page. */
export function joinedBy(old: readonly Figure[], some: readonly Figure[]): Figure[] {
  const all = old.map((figure) => some.find(({ id }) => id === figure.id) ?? figure);
  some.forEach((figure, i) => {
    if (!all.includes(figure)) all.splice(i === 0 ? 0 : all.indexOf(some[i - 1]) + 1, 0, figure);
  });
  return all;
}
