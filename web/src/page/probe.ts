// What is said beside the pointer over a drawing that has too many parts for one mark each.
import type { Drawing, Figure } from '../parts/view.js';

interface Probed {
  figure: Figure;
  drawn: Drawing;
}
/** What each plot shows now. */
const probed = new WeakMap<HTMLElement, Probed>();

/** Listens to the pointer over a figure that knows what is where. */
export function placeProbe(plot: HTMLElement, figure: Figure, svg: SVGSVGElement): void {
  if (!figure.probe) {
    probed.delete(plot);
    hideTip(plot);
    return;
  }
  probed.set(plot, { figure, drawn: svg as Drawing });
  if (plot.dataset.probed) return;
  plot.dataset.probed = 'yes';
  plot.addEventListener('pointermove', (event) => say(plot, event));
  plot.addEventListener('pointerdown', (event) => say(plot, event));
  plot.addEventListener('pointerleave', () => hideTip(plot));
}

function say(plot: HTMLElement, event: PointerEvent): void {
  const now = probed.get(plot);
  if (!now) return;
  const { figure, drawn } = now;
  const box = drawn.getBoundingClientRect();
  const at = (axis: 'x' | 'y', share: number, side: string) =>
    drawn.scale(axis)?.invert?.(share * Number(drawn.getAttribute(side))) ?? Number.NaN;
  const across = (event.clientX - box.left) / box.width;
  const down = (event.clientY - box.top) / box.height;
  const text = figure.probe?.(at('x', across, 'width'), at('y', down, 'height'));
  if (text) showTip(plot, text, across, down);
  else hideTip(plot);
}

/** Says something beside a point of a plot, whose place is a share of its width and height. */
export function showTip(plot: HTMLElement, text: string, across: number, down: number): void {
  let tip = plot.querySelector<HTMLElement>('.tip');
  if (!tip) {
    tip = document.createElement('div');
    tip.className = 'tip';
    plot.append(tip);
  }
  tip.textContent = text;
  // On the side where there is room.
  tip.classList.toggle('left', across > 0.5);
  tip.style.left = `${100 * across}%`;
  tip.style.top = `${100 * down}%`;
}

export const hideTip = (plot: HTMLElement): void => plot.querySelector('.tip')?.remove();
