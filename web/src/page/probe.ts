// What is said beside the pointer over a drawing that has too many parts for one mark each.
import type { Figure } from './view.js';

/** A drawing of Plot knows its axes. */
type Drawn = SVGSVGElement & { scale(name: string): { invert?(x: number): number } | undefined };

interface Probed {
  figure: Figure;
  drawn: Drawn;
}
/** What each plot shows now. */
const probed = new WeakMap<HTMLElement, Probed>();

/** Listens to the pointer over a figure that knows what is where. */
export function placeProbe(plot: HTMLElement, figure: Figure, svg: SVGSVGElement): void {
  if (!figure.probe) {
    probed.delete(plot);
    plot.querySelector('.tip')?.remove();
    return;
  }
  probed.set(plot, { figure, drawn: svg as Drawn });
  if (plot.dataset.probed) return;
  plot.dataset.probed = 'yes';
  plot.addEventListener('pointermove', (event) => say(plot, event));
  plot.addEventListener('pointerdown', (event) => say(plot, event));
  plot.addEventListener('pointerleave', () => plot.querySelector('.tip')?.remove());
}

function say(plot: HTMLElement, event: PointerEvent): void {
  const now = probed.get(plot);
  if (!now) return;
  const { figure, drawn } = now;
  const box = drawn.getBoundingClientRect();
  const at = (axis: 'x' | 'y', share: number, side: string) =>
    drawn.scale(axis)?.invert?.(share * Number(drawn.getAttribute(side))) ?? Number.NaN;
  const across = (event.clientX - box.left) / box.width;
  const x = at('x', across, 'width');
  const y = at('y', (event.clientY - box.top) / box.height, 'height');
  const text = figure.probe?.(x, y);
  let tip = plot.querySelector<HTMLElement>('.tip');
  if (!text) {
    tip?.remove();
    return;
  }
  if (!tip) {
    tip = document.createElement('div');
    tip.className = 'tip';
    plot.append(tip);
  }
  tip.textContent = text;
  // On the side where there is room.
  tip.classList.toggle('left', across > 0.5);
  tip.style.left = `${event.clientX - box.left}px`;
  tip.style.top = `${event.clientY - box.top}px`;
}
