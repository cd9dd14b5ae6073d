// What is dragged on a figure: a slider in a place of its own over the drawing, which stays when the drawing is made anew.
import { formatNumber, isNumeric, type Param, steppedValue, type Values, within } from '../parts/params.js';
import { spoken } from '../parts/text.js';
import type { Drawing, Figure } from '../parts/view.js';

/** What the handles read of the parameters, and what they do. */
export interface Sliders {
  param(key: string): Param | undefined;
  value(key: string): number | string;
  set(values: Values): void;
}

interface Placed {
  figure: Figure;
  drawn: Drawing;
}
/** What each handle is of now. */
const placed = new WeakMap<HTMLElement, Placed>();

/** Steps of the slider that a key goes. */
const KEYS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Puts the handle of a figure over its drawing; `plot` holds both. */
export function placeHandle(plot: HTMLElement, figure: Figure, svg: SVGSVGElement, sliders: Sliders): void {
  const { handle } = figure;
  let knob = plot.querySelector<HTMLElement>('.handle');
  const param = handle && sliders.param(handle.key);
  if (!handle || !isNumeric(param)) {
    knob?.remove();
    return;
  }
  const drawn = svg as Drawing;
  if (!knob) {
    knob = createKnob(sliders);
    plot.append(knob);
  }
  placed.set(knob, { figure, drawn });
  const [x, y] = (['x', 'y'] as const).map((axis) => drawn.scale(axis)?.apply(handle[axis]) ?? 0);
  knob.style.left = `${(100 * x) / Number(svg.getAttribute('width'))}%`;
  knob.style.top = `${(100 * y) / Number(svg.getAttribute('height'))}%`;
  const value = Number(sliders.value(handle.key));
  knob.dataset.key = handle.key;
  knob.setAttribute('aria-label', spoken(handle.label));
  knob.setAttribute('aria-valuemin', String(param.min));
  knob.setAttribute('aria-valuemax', String(param.max));
  knob.setAttribute('aria-valuenow', String(value));
  knob.setAttribute('aria-valuetext', formatNumber(value));
}

function createKnob(sliders: Sliders): HTMLElement {
  const knob = document.createElement('span');
  knob.className = 'handle';
  knob.tabIndex = 0;
  knob.setAttribute('role', 'slider');

  function set(value: number): void {
    const { handle } = (placed.get(knob) as Placed).figure;
    const param = handle && sliders.param(handle.key);
    if (handle && isNumeric(param) && Number.isFinite(value)) {
      const next = within(param, value);
      if (next !== sliders.value(handle.key)) sliders.set({ [handle.key]: next });
    }
  }

  knob.addEventListener('keydown', (event) => {
    const { handle } = (placed.get(knob) as Placed).figure;
    const param = handle && sliders.param(handle.key);
    if (!handle || !isNumeric(param) || !(event.key in KEYS)) return;
    event.preventDefault();
    set(steppedValue(param, Number(sliders.value(handle.key)), KEYS[event.key]));
  });
  knob.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    knob.setPointerCapture(event.pointerId);
    knob.focus({ preventScroll: true });
  });
  knob.addEventListener('pointermove', (event) => {
    if (!knob.hasPointerCapture(event.pointerId)) return;
    const { figure, drawn } = placed.get(knob) as Placed;
    const box = drawn.getBoundingClientRect();
    const at = (axis: 'x' | 'y', share: number, side: string) =>
      drawn.scale(axis)?.invert?.(share * Number(drawn.getAttribute(side))) ?? 0;
    const x = at('x', (event.clientX - box.left) / box.width, 'width');
    const y = at('y', (event.clientY - box.top) / box.height, 'height');
    set(figure.handle?.value(x, y) ?? Number.NaN);
  });
  return knob;
}
