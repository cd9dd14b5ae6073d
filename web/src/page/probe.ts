// What is said beside the pointer over a drawing: at the mark that is near, or of what is there where one mark each would be too many.
import { setText } from '../parts/text.js';
import type { Tip } from '../parts/theme.js';
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

/** Listens to which of its marks a drawing has near the pointer. */
export function placeTips(plot: HTMLElement, svg: SVGSVGElement): void {
  const drawn = svg as Drawing & { value?: Tip | null };
  svg.addEventListener('input', () => {
    const { value } = drawn;
    if (!value) return hideTip(plot);
    const [x, y] = (['x', 'y'] as const).map((axis) => drawn.scale(axis)?.apply(value[axis]) ?? 0);
    showTip(plot, value.text, x / Number(svg.getAttribute('width')), y / Number(svg.getAttribute('height')));
  });
}

/** Says something beside a point of a plot, whose place is a share of its width and height. */
export function showTip(plot: HTMLElement, text: string, across: number, down: number): void {
  let tip = plot.querySelector<HTMLElement>('.tip');
  if (!tip) {
    tip = document.createElement('div');
    tip.className = 'tip';
    plot.append(tip);
  }
  setText(tip, text);
  // On the side where there is room.
  tip.classList.toggle('left', across > 0.5);
  tip.style.left = `${100 * across}%`;
  tip.style.top = `${100 * down}%`;
}

export const hideTip = (plot: HTMLElement): void => plot.querySelector('.tip')?.remove();
