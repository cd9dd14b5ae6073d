// What a view shows: its facts, its note, and its figures side by side where all stay legible.
import { downloadCsv, downloadSvg } from './download.js';
import { button, element } from './elements.js';
import { setText, spoken } from './text.js';
import { unit } from './theme.js';
import type { Figure, Shown } from './view.js';

export function createLayout() {
  const [facts, note, figures] = ['facts', 'note', 'figures'].map(element);
  /** What the page shows now, to be drawn again at another width. */
  let now: Shown | null = null;
  let windowWidth = innerWidth;

  /** Of a partial result, figures that it does not have stay as they were. */
  function show(shown: Shown, partial: boolean): void {
    now = shown;
    facts.dataset.exact = shown.exact ?? '';
    facts.replaceChildren(
      ...shown.facts.flatMap(({ label, value }) => [
        setText(document.createElement('dt'), label),
        setText(document.createElement('dd'), value),
      ]),
    );
    setText(note, shown.note ?? '');
    const width = arrange(figures, shown.figures.length);
    let before: Element | null = null;
    for (const figure of shown.figures) {
      const old = document.getElementById(nodeId(figure));
      const node = renderFigure(figure, old, width);
      if (!old) {
        if (before) before.after(node);
        else figures.prepend(node);
      }
      before = node;
    }
    if (partial) return;
    const wanted = new Set(shown.figures.map(nodeId));
    for (const node of figures.querySelectorAll('figure')) if (!wanted.has(node.id)) node.remove();
  }

  addEventListener('resize', () => {
    if (innerWidth === windowWidth) return;
    windowWidth = innerWidth;
    if (now) show(now, false);
  });

  return {
    show,
    clear(): void {
      now = null;
      for (const part of [facts, note, figures]) part.replaceChildren();
    },
    setBusy(busy: boolean): void {
      if (busy) figures.setAttribute('aria-busy', 'true');
      else figures.removeAttribute('aria-busy');
    },
  };
}

const nodeId = ({ id }: Figure) => `figure-${id}`;

/** As many columns as there is room for. Returns the width of one. */
function arrange(container: HTMLElement, count: number): number {
  const u = unit();
  const gap = 28 * u;
  const room = container.clientWidth;
  const columns = Math.min(count, room >= 1080 * u ? 3 : room >= 960 * u ? 2 : 1);
  container.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  return Math.floor(Math.max(300, Math.min((room - (columns - 1) * gap) / columns, 860 * u)));
}

function renderFigure(figure: Figure, old: HTMLElement | null, width: number): HTMLElement {
  const drawnFor = figure.drawnFor && `${figure.drawnFor} ${width}`;
  if (old && drawnFor && old.dataset.drawnFor === drawnFor) return old;
  const node = old ?? document.createElement('figure');
  node.id = nodeId(figure);
  node.dataset.drawnFor = drawnFor ?? '';
  const title = setText(document.createElement('h2'), figure.title);
  const plot = document.createElement('div');
  plot.className = 'plot';
  const drawn = draw(figure, width);
  plot.append(drawn);
  const caption = document.createElement('figcaption');
  const links = document.createElement('div');
  links.className = 'links';
  const { data } = figure;
  if (data) links.append(button('Data (CSV)', () => downloadCsv(figure.id, data)));
  links.append(button('Figure (SVG)', () => downloadSvg(figure.id, drawn)));
  caption.append(setText(document.createElement('span'), figure.summary), links);
  node.replaceChildren(title, plot, caption);
  return node;
}

function draw(figure: Figure, width: number): SVGSVGElement {
  const u = unit();
  const side = Math.min(width, 520 * u);
  const high = Math.min((width > 600 * u ? 0.5 : 0.8) * width, 350 * u);
  const drawn = figure.square
    ? figure.draw(side, side, u)
    : figure.draw(width, Math.round(Math.max(240 * u, high)), u);
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', spoken(`${figure.title}. ${figure.summary}`));
  return drawn;
}
