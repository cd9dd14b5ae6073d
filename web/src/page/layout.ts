// What a view shows: its facts, its note, and its figures side by side where all stay legible, or each in its section.

import { joined, setText } from '../parts/text.js';
import { unit } from '../parts/theme.js';
import type { Figure, Quoted, Shown } from '../parts/view.js';
import { element } from './elements.js';
import { createFigures, type Host, nodeId } from './figureNodes.js';
import { joinedBy } from './partial.js';
import { showTaken } from './takeaways.js';

export function createLayout(host: Host) {
  const [facts, note, figures] = ['facts', 'note', 'figures'].map(element);
  /** What the page shows now, to be drawn again at another width. */
  let now: Shown | null = null;
  let windowWidth = innerWidth;
  /** Where each figure is from, since it was first shown: a partial result leaves some of the run before. */
  const origins = new WeakMap<Figure, string>();
  /** Where a figure is from, or what is shown, which a run that was made elsewhere says itself. */
  const origin = (figure?: Figure) => (figure && origins.get(figure)) ?? now?.origin ?? host.origin();
  const nodes = createFigures({ ...host, origin }, () => now?.figures ?? []);

  /** Of a partial result, figures that it does not have stay as they were. */
  function show(shown: Shown, partial: boolean): void {
    const all = partial ? joinedBy(now?.figures ?? [], shown.figures) : shown.figures;
    now = { ...shown, figures: all };
    for (const figure of shown.figures) if (!origins.has(figure)) origins.set(figure, origin());
    // What is read of the page comes before what is written to it: read in between, all would be laid out for each figure.
    const stages = figures.querySelector('.stage') !== null;
    const grid = stages ? ONE_COLUMN : arrange(figures, all);
    const places = shown.figures.flatMap((figure) => {
      const stage = stages ? figures.querySelector(`[data-figures~="${figure.id}"]`) : figures;
      if (!stage) return [];
      const place = placeIn(grid, all, figure);
      return [{ figure, stage, place, width: place.width || stageWidth(stage) }];
    });
    facts.dataset.exact = shown.exact ?? '';
    facts.replaceChildren(
      ...shown.facts.flatMap(({ label, value }) => [
        setText(document.createElement('dt'), joined(label)),
        setText(document.createElement('dd'), value),
      ]),
    );
    setText(note, shown.note ?? '');
    showTaken(shown, origin);
    quote(shown.numbers ?? {});
    const before = new Map<Element, Element>();
    for (const { figure, stage, place, width } of places) {
      const old = document.getElementById(nodeId(figure));
      const full = old !== null && document.fullscreenElement === old;
      const node = nodes.render(figure, old, full ? innerWidth - 80 : width, full ? 0 : place.tall);
      if (!old) {
        const last = before.get(stage);
        if (last) last.after(node);
        else stage.prepend(node);
      }
      node.style.gridColumn = place.columns > 1 ? `span ${place.columns}` : '';
      before.set(stage, node);
    }
    if (partial) return;
    const wanted = new Set(shown.figures.map(nodeId));
    for (const node of figures.querySelectorAll('figure')) if (!wanted.has(node.id)) node.remove();
  }

  function again(): void {
    windowWidth = innerWidth;
    if (now) show(now, false);
  }
  addEventListener('resize', () => {
    if (innerWidth !== windowWidth) again();
  });
  document.addEventListener('fullscreenchange', again);

  return {
    show,
    /** Puts the numbers of what is shown into words that have come since. */
    quote: () => quote(now?.numbers ?? {}),
    /** Everything at another size of type. */
    again,
    clear(): void {
      now = null;
      nodes.clear();
      for (const part of [facts, note, element('taken')]) part.replaceChildren();
      for (const node of figures.querySelectorAll('figure')) node.remove();
    },
    setBusy(busy: boolean): void {
      if (busy) figures.setAttribute('aria-busy', 'true');
      else figures.removeAttribute('aria-busy');
    },
  };
}

/** Puts numbers into the words. */
function quote(numbers: Record<string, Quoted>): void {
  for (const [name, { text, exact }] of Object.entries(numbers)) {
    for (const node of document.querySelectorAll<HTMLDataElement>(`data[data-number="${name}"]`)) {
      setText(node, text);
      node.value = String(exact);
    }
  }
}

/** On a phone stages have no box of their own. */
function stageWidth(stage: Element): number {
  const room = stage.clientWidth || element('figures').clientWidth;
  return Math.floor(Math.max(300, Math.min(room, 760 * unit())));
}

interface Grid {
  columns: number;
  /** Of one column, and of what is between two. */
  width: number;
  gap: number;
}

interface Place {
  columns: number;
  width: number;
  /** The height over the width, where it is not the figure's own: beside a square, and in the only row of a wide window. */
  tall: number;
}

/** Three in the only row: with heights of their own there would be as much empty below them. */
const ONLY_ROW = 0.9;

const ONE_COLUMN: Grid = { columns: 1, width: 0, gap: 0 };

/** As many columns as there is room for, and the width of one. */
function arrange(container: HTMLElement, shown: readonly Figure[]): Grid {
  const u = unit();
  const count = shown.length;
  // Three in a row are legible where there is no map among them.
  const three = count === 3 && !shown.some((figure) => figure.square) ? 1090 * u : 1250 * u;
  const gap = 28 * u;
  const room = container.clientWidth || document.documentElement.clientWidth - 24 * u;
  const columns = Math.min(count, room >= three ? 3 : room >= 880 * u ? 2 : 1);
  container.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  const width = Math.floor(Math.max(300, Math.min((room - (columns - 1) * gap) / columns, 860 * u)));
  return { columns, width, gap };
}

/** Where a figure stands among those that are shown. */
function placeIn({ columns, width, gap }: Grid, shown: readonly Figure[], figure: Figure): Place {
  const at = shown.indexOf(figure);
  // The last one takes what is left of its row, so that it does not stand alone beside nothing.
  const left = at === shown.length - 1 && !figure.square ? -shown.length % columns : 0;
  const wide = left === 0 ? 1 : 1 + columns + left;
  const row = at - (at % columns);
  const besideSquare = columns > 1 && shown.slice(row, row + columns).some((one) => one.square);
  const tall = figure.square ? 0 : besideSquare ? 1 : columns === 3 && shown.length === 3 ? ONLY_ROW : 0;
  return { columns: wide, width: wide * width + (wide - 1) * gap, tall };
}
