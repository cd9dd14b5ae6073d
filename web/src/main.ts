// The page: tabs, controls, the state in the URL, and the loop from a changed parameter to drawn figures.
import wasmUrl from '../../build/emft.simd.wasm?url';
import { Cancelled, Compute } from './compute.js';
import { buildControls, type Controls } from './controls.js';
import { downloadCsv, downloadSvg } from './download.js';
import { defaults, parseValues, toQuery, type Values } from './params.js';
import { setText, spoken } from './text.js';
import { unit } from './theme.js';
import { threads } from './threads.js';
import type { Figure, Result, View } from './view.js';
import { views } from './views/index.js';

const element = (id: string) => document.getElementById(id) as HTMLElement;
const compute = new Compute(
  fetch(wasmUrl).then((response) => {
    if (!response.ok) throw new Error(`the WebAssembly module did not load: HTTP status ${response.status}`);
    return response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
  }),
  threads,
);
element('threads').textContent =
  threads > 1
    ? `, large matrices on up to ${threads} threads`
    : `, on one thread${crossOriginIsolated ? '' : ', because the page is not cross-origin isolated'}`;

/** Milliseconds for which a run that has shown nothing yet is let go on while its parameters move. */
const PATIENCE = 100;
/** Milliseconds between writes of the URL: browsers refuse more than some 100 in 30 s. */
const URL_PAUSE = 400;

let view: View = views[0];
let values: Values = {};
let controls: Controls;
let run = 0;
let playing = false;
/** What the page shows now, to be drawn again at another width. */
let shown: Result | null = null;
/** When the run that has shown nothing yet began, or null. */
let unseen: number | null = null;
/** The parameters moved on since that run began. */
let moved = false;

function open(id: string | null, query: URLSearchParams): void {
  const problems: string[] = [];
  const found = views.find((v) => v.id === id);
  if (id !== null && !found) {
    problems.push(`There is no view “${id}”; the views are ${views.map((v) => v.id).join(', ')}.`);
  }
  stop();
  view = found ?? views[0];
  // A query for a view that does not exist says nothing about this one.
  const parsed =
    found || id === null ? parseValues(view.params, query) : { values: defaults(view.params), problems: [] };
  values = parsed.values;
  showProblems([...problems, ...parsed.problems]);
  document.title = `${view.title} – emft explorer`;
  for (const link of element('tabs').querySelectorAll('a')) {
    if (link.dataset.view === view.id) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  element('intro').innerHTML = view.intro;
  controls = buildControls(view.params, values, change);
  element('controls').replaceChildren(controls.element);
  shown = null;
  element('figures').replaceChildren();
  element('facts').replaceChildren();
  element('note').replaceChildren();
  showHidden();
  remember(true);
  if (view.manual) idle('Press Run to start.');
  else void update();
}

function change(next: Values): void {
  values = next;
  showHidden();
  remember();
  if (view.manual) {
    stop();
    idle('Press Run to start.');
  } else follow();
}

/**
 * The figures follow a slider that moves: what is being computed is shown before the next values are taken up, so that
 * a slider which moves faster than that does not leave them as they were.
 */
function follow(): void {
  const left = unseen === null ? 0 : unseen + PATIENCE - performance.now();
  if (left <= 0) void update();
  else if (!moved) {
    moved = true;
    const mine = run;
    setTimeout(() => {
      if (moved && mine === run) void update();
    }, left);
  }
}

function showHidden(): void {
  const hidden = view.hidden?.(values) ?? [];
  for (const param of view.params) {
    const field = document.getElementById(`param-${param.key}`)?.closest('.field') as HTMLElement;
    field.hidden = hidden.includes(param.key);
  }
}

let urlTimer: ReturnType<typeof setTimeout> | undefined;

function writeUrl(): void {
  clearTimeout(urlTimer);
  urlTimer = undefined;
  history.replaceState(null, '', `?${toQuery(view.id, view.params, values)}`);
}

function remember(now = false): void {
  if (now) writeUrl();
  else urlTimer ??= setTimeout(writeUrl, URL_PAUSE);
  const code = element('command').querySelector('code') as HTMLElement;
  code.textContent = view.command(values);
}

function stop(): void {
  run++;
  unseen = null;
  moved = false;
  compute.cancel();
}

async function update(): Promise<void> {
  stop();
  const mine = run;
  const started = performance.now();
  unseen = started;
  element('figures').setAttribute('aria-busy', 'true');
  const slow = setTimeout(() => mine === run && busy(0), 150);
  try {
    const result = await view.run(values, {
      compute,
      playing,
      progress: (fraction) => {
        if (mine === run && performance.now() - started > 150) busy(fraction);
      },
      partial: (result) => mine === run && seen(result, true),
      change: (next) => {
        for (const [key, value] of Object.entries(next)) controls.set(key, value);
        change({ ...values, ...next });
      },
    });
    if (mine !== run) return;
    idle();
    seen(result, false);
    if (mine === run && playing) setTimeout(step, 60);
  } catch (error) {
    if (mine !== run || error instanceof Cancelled) return;
    playing = false;
    showProblems([`The computation failed: ${error instanceof Error ? error.message : String(error)}`]);
    idle();
  } finally {
    clearTimeout(slow);
  }
}

/** Shows a result of the present run, and starts the next one if the parameters have moved on. */
function seen(result: Result, partial: boolean): void {
  show(result, partial);
  unseen = null;
  if (moved) void update();
}

/** One step of Play: the parameter moves on and starts over at its end. */
function step(): void {
  if (!playing || !view.play) return;
  const { key, step } = view.play;
  const param = view.params.find((p) => p.key === key);
  if (!param || param.kind === 'choice') return;
  // A step on a logarithmic slider is one of its decimal logarithm.
  const next = param.kind === 'log' ? Number(values[key]) * 10 ** step : Number(values[key]) + step;
  const value = next > param.max ? param.min : Number(next.toPrecision(param.kind === 'log' ? 3 : 6));
  controls.set(key, value);
  change({ ...values, [key]: value });
}

function button(text: string, action: () => void, primary = false): HTMLButtonElement {
  const b = document.createElement('button');
  b.type = 'button';
  b.textContent = text;
  if (primary) b.className = 'primary';
  b.addEventListener('click', action);
  return b;
}

function busy(fraction: number): void {
  const actions = element('actions');
  let bar = actions.querySelector('progress');
  if (!bar) {
    bar = document.createElement('progress');
    bar.setAttribute('aria-label', 'Computation');
    const cancel = button('Cancel', () => {
      playing = false;
      stop();
      idle('Cancelled.');
    });
    cancel.id = 'cancel';
    actions.replaceChildren(bar, cancel);
    delete actions.dataset.state;
  }
  bar.value = fraction;
}

function idle(note = ''): void {
  element('figures').removeAttribute('aria-busy');
  const actions = element('actions');
  // Buttons that would come out the same keep the focus they may have.
  const state = [view.id, playing, note].join(' ');
  if (actions.dataset.state === state) return;
  actions.dataset.state = state;
  const parts: (HTMLElement | string)[] = [];
  if (view.manual || note === 'Cancelled.') parts.push(runButton());
  if (view.play) {
    parts.push(
      button(playing ? 'Pause' : view.play.label, () => {
        playing = !playing;
        idle();
        if (playing) step();
        else void update();
      }),
    );
  }
  if (note) parts.push(note);
  actions.replaceChildren(...parts);
}

function runButton(): HTMLButtonElement {
  const b = button('Run', () => void update(), true);
  b.id = 'run';
  return b;
}

function showProblems(problems: string[]): void {
  const box = element('problems');
  box.hidden = problems.length === 0;
  box.replaceChildren(
    ...problems.map((text) => Object.assign(document.createElement('p'), { textContent: text })),
  );
}

function show(result: Result, partial: boolean): void {
  shown = result;
  element('facts').dataset.exact = result.exact ?? '';
  element('facts').replaceChildren(
    ...result.facts.flatMap(({ label, value }) => [
      setText(document.createElement('dt'), label),
      setText(document.createElement('dd'), value),
    ]),
  );
  setText(element('note'), result.note ?? '');
  const container = element('figures');
  const width = arrange(container, result.figures.length);
  let before: Element | null = null;
  for (const figure of result.figures) {
    const old = document.getElementById(`figure-${figure.id}`);
    const node = renderFigure(figure, old, width);
    if (!old) {
      if (before) before.after(node);
      else container.prepend(node);
    }
    before = node;
  }
  if (partial) return;
  const wanted = new Set(result.figures.map((figure) => `figure-${figure.id}`));
  for (const node of container.querySelectorAll('figure')) if (!wanted.has(node.id)) node.remove();
}

/** Figures stand side by side where all stay legible. Returns the width of one. */
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
  node.id = `figure-${figure.id}`;
  node.dataset.drawnFor = drawnFor ?? '';
  const title = setText(document.createElement('h2'), figure.title);
  const plot = document.createElement('div');
  plot.className = 'plot';
  const u = unit();
  const side = Math.min(width, 520 * u);
  const high = Math.min((width > 600 * u ? 0.5 : 0.8) * width, 350 * u);
  const drawn = figure.square
    ? figure.draw(side, side)
    : figure.draw(width, Math.round(Math.max(240 * u, high)));
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', spoken(`${figure.title}. ${figure.summary}`));
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

for (const { id, title } of views) {
  const link = Object.assign(document.createElement('a'), { href: `?view=${id}`, textContent: title });
  link.dataset.view = id;
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    playing = false;
    writeUrl();
    history.pushState(null, '', `?view=${id}`);
    open(id, new URLSearchParams());
  });
  element('tabs').append(link);
}
(element('command').querySelector('button') as HTMLButtonElement).addEventListener('click', () =>
  navigator.clipboard?.writeText(view.command(values)),
);
function openLocation(): void {
  const query = new URLSearchParams(location.search);
  open(query.get('view'), query);
}
addEventListener('popstate', openLocation);
let lastWidth = innerWidth;
addEventListener('resize', () => {
  if (innerWidth === lastWidth) return;
  lastWidth = innerWidth;
  if (shown) show(shown, false);
});
openLocation();
