// Which view is open, with which parameters: in the tabs, the controls, the command, and the URL.

import { defaults, movedAlong, parseValues, toQuery, type Values } from '../parts/params.js';
import { joined } from '../parts/text.js';
import type { Description } from '../parts/view.js';
import { type TaskName, views } from '../views/index.js';
import { createAddress } from './address.js';
import { type Article, buildArticle } from './article.js';
import { buildControls, type Controls } from './controls.js';
import { element, showProblems } from './elements.js';
import { buildTabs, markTab } from './tabs.js';
import { showSnippets } from './takeaways.js';

const NAMES = Object.keys(views) as TaskName[];

export type State = ReturnType<typeof createState>;

/** `opened` is called with a view that has been opened, `changed` when its parameters have other values. */
export function createState(opened: () => void, changed: () => void) {
  const [code, copy] = ['code', 'button'].map((tag) => element('command').querySelector(tag) as HTMLElement);
  let name = NAMES[0];
  let values: Values = {};
  let controls: Controls;
  let article: Article;
  /** What was wrong with the URL. */
  let problems: string[] = [];
  /** What the last change has moved along, so that it fits. */
  let along: string[] = [];
  /** The parameters of views that were open before: their tabs come back to them. */
  const left = new Map<TaskName, string>();
  const view = (): Description => views[name];
  const address = createAddress(() => toQuery(name, view().params, values));

  /** Which parameters there are now, and the command. */
  function showValues(): void {
    hideFields(view(), values);
    code.textContent = view().command(values);
    article.showCommands();
    showSnippets(view().snippets?.(values) ?? []);
  }

  function change(next: Values): void {
    const found = movedAlong(view().params, next, view().most);
    for (const [key, value] of Object.entries(found.moved)) controls.set(key, value);
    values = { ...next, ...found.moved };
    if (along.length > 0 || found.problems.length > 0) {
      along = found.problems;
      showProblems([...problems, ...along]);
    }
    showValues();
    address.writeSoon();
    changed();
  }

  function open(wanted: string | null, query: URLSearchParams): void {
    ({ name, values, problems } = read(wanted, query));
    along = [];
    showProblems(problems);
    markTab(name);
    controls = buildControls(view().params, values, change);
    article = layOut(view(), controls, () => values);
    showValues();
    opened();
  }

  function openLocation(): void {
    const query = new URLSearchParams(location.search);
    open(query.get('view'), query);
    // Later: writing the URL takes the browser longer than making all controls takes the page.
    address.writeSoon();
  }

  buildTabs(NAMES, (tab) => {
    address.write();
    left.set(name, toQuery(name, view().params, values));
    // A view as it was left, or as it is at first, and a step of the history.
    const query = left.get(tab) ?? `view=${tab}`;
    history.pushState(null, '', `?${query}`);
    open(tab, new URLSearchParams(query));
    address.write();
    scrollTo(0, 0);
  });
  copy.addEventListener('click', () => navigator.clipboard?.writeText(view().command(values)));
  addEventListener('popstate', openLocation);

  return {
    get name() {
      return name;
    },
    get problems() {
      return [...problems, ...along];
    },
    get values() {
      return values;
    },
    view,
    /** The open view with its parameters, in a line. */
    summary: () => `emft explorer, ?${toQuery(name, view().params, values)}`,
    openLocation,
    /** The page of a view that is read. */
    get article() {
      return article;
    },
    /** Changes some parameters as the controls would. */
    set(some: Values): void {
      for (const [key, value] of Object.entries(some)) controls.set(key, value);
      change({ ...values, ...some });
    },
  };
}

/** The view that is wanted, or the first, with what the query says of it and what is wrong with that. */
function read(wanted: string | null, query: URLSearchParams) {
  const found = NAMES.find((known) => known === wanted);
  const name = found ?? NAMES[0];
  const { params, most }: Description = views[name];
  if (found || wanted === null) return { name, ...parseValues(params, query, most) };
  // A query for a view that does not exist says nothing about this one.
  const problems = [`There is no view “${wanted}”; the views are ${NAMES.join(', ')}.`];
  return { name, values: defaults(params), problems };
}

/** Parameters that do not apply are out of sight. */
function hideFields({ params, hidden }: Description, values: Values): void {
  const gone = hidden?.(values) ?? [];
  for (const { key } of params) {
    const field = document.getElementById(`param-${key}`)?.closest<HTMLElement>('.field');
    if (field) field.hidden = gone.includes(key);
  }
}

/** The page of a view, empty of figures. */
function layOut(
  { title, intro, sections, params }: Description,
  controls: Controls,
  values: () => Values,
): Article {
  document.title = `${title} – emft explorer`;
  element('intro').innerHTML = joined(intro);
  element('controls').replaceChildren(controls.element);
  if (!sections) controls.element.append(...params.flatMap(({ key }) => controls.field(key) ?? []));
  const article = buildArticle(sections ?? [], controls.field, values);
  element('figures').replaceChildren(...article.parts);
  element('figures').removeAttribute('style');
  document.body.classList.toggle('reading', sections !== undefined);
  return article;
}
