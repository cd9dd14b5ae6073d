// The figures of a view on the page: what is drawn, what is dragged on it, what plays it, and what can be downloaded.

import { joined, setText, spoken } from '../parts/text.js';
import { unit } from '../parts/theme.js';
import type { Figure } from '../parts/view.js';
import { downloadCsv, downloadSvg } from './download.js';
import { button } from './elements.js';
import { placeHandle, type Sliders } from './handles.js';
import { createPlayer, type Player } from './player.js';
import { placeProbe, placeTips } from './probe.js';
import { placeReader } from './reader.js';

/** What the page knows of the view that is open. */
export interface Host extends Sliders {
  /** What a download says of where it is from: one of a figure, or of what is shown. */
  origin(figure?: Figure): string;
}

/** `current`: the figures that are shown now. */
export function createFigures(host: Host, current: () => readonly Figure[]) {
  const players = new Map<string, Player>();

  /** The player of a figure: figures that go through the same steps share it. */
  function playerOf({ movie }: Figure): Player | undefined {
    if (!movie) return undefined;
    let player = players.get(movie.id);
    if (!player) {
      player = createPlayer(() => {
        for (const figure of current()) {
          const plot = document.querySelector<HTMLElement>(`#${nodeId(figure)} > .plot`);
          if (figure.movie?.id === movie.id && plot) redraw(figure, plot);
        }
      });
      players.set(movie.id, player);
    }
    player.load(movie);
    return player;
  }

  /** Draws into a plot, as wide as that was last drawn. */
  function redraw(figure: Figure, plot: HTMLElement): SVGSVGElement {
    const frame = players.get(figure.movie?.id ?? '')?.frame ?? 0;
    const { width, tall } = plot.dataset;
    const drawn = draw(figure, { width: Number(width), tall: Number(tall), frame });
    const old = plot.querySelector('svg');
    if (old) old.replaceWith(drawn);
    else plot.prepend(drawn);
    placeHandle(plot, figure, drawn, host);
    placeProbe(plot, figure, drawn);
    placeTips(plot, drawn);
    placeReader(plot, figure, drawn);
    return drawn;
  }

  function render(figure: Figure, old: HTMLElement | null, width: number, tall: number): HTMLElement {
    const drawnFor = figure.drawnFor && `${figure.drawnFor} ${width} ${tall}`;
    if (old && drawnFor && old.dataset.drawnFor === drawnFor) return old;
    const node = old ?? emptyFigure(nodeId(figure));
    node.dataset.drawnFor = drawnFor ?? '';
    const [title, plot, caption] = [...node.children].filter((child) => !child.matches('.player'));
    setText(title as HTMLElement, joined(figure.title));
    Object.assign((plot as HTMLElement).dataset, { width, tall });
    const player = playerOf(figure);
    redraw(figure, plot as HTMLElement);
    if (player && !player.node.isConnected) plot.after(player.node);
    // Steps that are still to come leave its place empty.
    node.querySelector('.player')?.classList.toggle('empty', !player);
    const links = document.createElement('div');
    links.className = 'links';
    const { data } = figure;
    if (data) links.append(button('Data (CSV)', () => downloadCsv(figure.id, data, host.origin(figure))));
    const svg = () => plot.querySelector('svg') as SVGSVGElement;
    links.append(button('Figure (SVG)', () => downloadSvg(figure.id, svg(), host.origin(figure))));
    if (document.fullscreenEnabled) links.append(button('Full screen', () => void fullScreen(node)));
    caption.replaceChildren(setText(document.createElement('span'), joined(figure.summary)), links);
    return node;
  }

  return { render, clear: () => players.clear() };
}

export const nodeId = ({ id }: Figure) => `figure-${id}`;

function emptyFigure(id: string): HTMLElement {
  const node = document.createElement('figure');
  node.id = id;
  const plot = document.createElement('div');
  plot.className = 'plot';
  node.append(document.createElement('h2'), plot, document.createElement('figcaption'));
  return node;
}

async function fullScreen(node: HTMLElement): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await node.requestFullscreen();
}

interface Drawn {
  width: number;
  /** The height over the width, or 0: as the figure has it. */
  tall: number;
  frame: number;
}

function draw(figure: Figure, { width, tall, frame }: Drawn): SVGSVGElement {
  const u = unit();
  const screen = document.fullscreenElement ? 0.72 * innerHeight : 0;
  const side = Math.min(width, Math.max(520 * u, screen));
  const high = tall
    ? tall * side
    : Math.min((width > 600 * u ? 0.5 : 0.7) * width, Math.max(350 * u, screen));
  const drawn = figure.square
    ? figure.draw(side, side, u, frame)
    : figure.draw(width, Math.round(Math.max(240 * u, high)), u, frame);
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', spoken(`${figure.title}. ${figure.summary}`));
  return drawn;
}
