// The values of a figure by keyboard: a mark that arrow keys move from one to the next, and what is said there, which the
// pointer has beside it too.

import { spoken } from '../parts/text.js';
import { type Tip, tipsOf } from '../parts/theme.js';
import type { Drawing, Figure } from '../parts/view.js';
import { hideTip, showTip } from './probe.js';

/** Where a value stands, in pixels of the drawing, and what it is. */
interface Place {
  x: number;
  y: number;
  text: string;
}

/** The places of a figure: in a lattice, or one by one. */
interface Places {
  count: number;
  at(index: number): Place;
  /** The next one in a direction, or the same where there is none. */
  next(index: number, right: number, down: number): number;
  nearest(x: number, y: number): number;
}

/** What each reader goes through now, and where it is. */
const reading = new WeakMap<HTMLElement, { places: Places; index: number; drawn: Drawing }>();

/** To the right and down. */
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
  PageUp: [0, -10],
  PageDown: [0, 10],
};

/** Squares of side 1 whose corners are whole numbers, row by row. */
function lattice({ columns, rows }: NonNullable<Figure['cells']>, figure: Figure, drawn: Drawing): Places {
  const pixel = (axis: 'x' | 'y', value: number) => drawn.scale(axis)?.apply(value) ?? 0;
  const within = (k: number, count: number) => Math.min(count - 1, Math.max(0, k));
  const index = (column: number, row: number) => within(row, rows) * columns + within(column, columns);
  const [x0, y0] = [pixel('x', 0), pixel('y', 0)];
  return {
    count: columns * rows,
    at(i) {
      const [x, y] = [(i % columns) + 0.5, Math.floor(i / columns) + 0.5];
      return { x: pixel('x', x), y: pixel('y', y), text: figure.probe?.(x, y) ?? '' };
    },
    next: (i, right, down) => index((i % columns) + right, Math.floor(i / columns) + down),
    nearest: (x, y) =>
      index(
        Math.floor((x - x0) / (pixel('x', 1) - x0 || 1)),
        Math.floor((y - y0) / (pixel('y', 1) - y0 || 1)),
      ),
  };
}

/** Points anywhere. The next one lies ahead, and rather straight ahead than near. */
function scattered(tips: readonly Tip[], drawn: Drawing): Places {
  const place = ({ x, y, text }: Tip): Place => ({
    x: drawn.scale('x')?.apply(x) ?? 0,
    y: drawn.scale('y')?.apply(y) ?? 0,
    text,
  });
  const least = (cost: (place: Place) => number, otherwise: number) => {
    let [best, found] = [Infinity, otherwise];
    for (const [i, tip] of tips.entries()) {
      const own = cost(place(tip));
      if (own < best) [best, found] = [own, i];
    }
    return found;
  };
  const step = (from: Place, across: boolean, sign: number) => (to: Place) => {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const [ahead, aside] = across ? [sign * dx, Math.abs(dy)] : [sign * dy, Math.abs(dx)];
    return ahead > 0.5 ? ahead + 3 * aside : Infinity;
  };
  const next = (i: number, right: number, down: number): number => {
    const sign = Math.sign(right || down);
    if (Math.abs(right) === Infinity) return least((to) => -sign * to.x, i);
    let at = i;
    for (let k = Math.abs(right || down); k > 0; --k) {
      at = least(step(place(tips[at]), right !== 0, sign), at);
    }
    return at;
  };
  return {
    count: tips.length,
    at: (i) => place(tips[i]),
    next,
    nearest: (x, y) => least((to) => Math.hypot(to.x - x, to.y - y), 0),
  };
}

/** Puts the reader of a figure where it was, on what is drawn now; `plot` holds both. */
export function placeReader(plot: HTMLElement, figure: Figure, svg: SVGSVGElement): void {
  const drawn = svg as Drawing;
  const tips = tipsOf.get(svg) ?? [];
  let mark = plot.querySelector<HTMLElement>('.reader');
  if (!figure.cells && tips.length === 0) {
    mark?.remove();
    return;
  }
  if (!mark) {
    mark = createMark();
    plot.append(mark);
  }
  const places = figure.cells ? lattice(figure.cells, figure, drawn) : scattered(tips, drawn);
  const old = reading.get(mark);
  // Where nobody has read yet there is nothing to be kept, which a slider that moves would look for each time.
  const last = old && old.index > 0 ? old.places.at(old.index) : null;
  const index = last ? places.nearest(last.x, last.y) : 0;
  reading.set(mark, { places, index, drawn });
  mark.setAttribute('aria-label', `Values, by arrow keys: ${spoken(figure.title)}`);
  mark.setAttribute('aria-valuemin', '1');
  mark.setAttribute('aria-valuemax', String(places.count));
  put(mark);
}

/** Shows where the reader is, and while it has the focus what there is. */
function put(mark: HTMLElement): void {
  const { places, index, drawn } = reading.get(mark)!;
  const { x, y, text } = places.at(index);
  const [across, down] = [x / Number(drawn.getAttribute('width')), y / Number(drawn.getAttribute('height'))];
  mark.style.left = `${100 * across}%`;
  mark.style.top = `${100 * down}%`;
  mark.setAttribute('aria-valuenow', String(index + 1));
  mark.setAttribute('aria-valuetext', spoken(text));
  const plot = mark.parentElement;
  if (plot && document.activeElement === mark) showTip(plot, text, across, down);
}

function createMark(): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'reader';
  mark.tabIndex = 0;
  mark.setAttribute('role', 'slider');
  const hide = () => mark.parentElement && hideTip(mark.parentElement);
  mark.addEventListener('focus', () => put(mark));
  mark.addEventListener('blur', hide);
  mark.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
    const direction = ARROWS[event.key];
    const now = reading.get(mark);
    if (!direction || !now) return;
    event.preventDefault();
    now.index = now.places.next(now.index, ...direction);
    put(mark);
  });
  return mark;
}
