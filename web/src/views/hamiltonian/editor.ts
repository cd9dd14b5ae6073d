// The terms of a Hamiltonian, a row each: what acts, how strongly, and where.
import type { Editing, Editor } from '../../parts/params.js';
import { problemOf, type Row, rowsOf, textOf } from './model.js';
import { PRESETS } from './presets.js';

const FIRST: Row = { words: ['zz'], coefficient: 1, drawn: false, places: 'chain', distance: 1 };

const named = <T extends HTMLElement>(node: T, label: string): T => {
  node.setAttribute('aria-label', label);
  node.title = label;
  return node;
};

function words(value: string, label: string): HTMLInputElement {
  const input = document.createElement('input');
  input.value = value;
  input.spellcheck = false;
  input.autocapitalize = 'off';
  return named(input, label);
}

function choice(options: readonly (readonly [value: string, text: string])[], value: string, label: string) {
  const select = document.createElement('select');
  for (const [option, text] of options) select.append(new Option(text, option));
  select.value = value;
  return named(select, label);
}

const PLACES = [
  ['chain', 'chain'],
  ['ring', 'ring'],
  ['each', 'each'],
  ['sites', 'sites …'],
] as const;

/** The controls of one row, and what they say. */
function rowNode(row: Row, t: number, changed: () => void, removed: () => void) {
  const term = `Term ${t + 1}`;
  const op = words(row.words.join(', '), `${term}: products, one letter x, y, z, + or − a site`);
  const kind = choice(
    [
      ['=', '×'],
      ['~', '±'],
    ],
    row.drawn ? '~' : '=',
    `${term}: fixed, or drawn between minus and plus`,
  );
  const coefficient = words(String(row.coefficient), `${term}: coefficient`);
  coefficient.inputMode = 'decimal';
  const listed = typeof row.places !== 'string';
  const where = choice(PLACES, listed ? 'sites' : (row.places as string), `${term}: where`);
  const sites = words(
    listed ? (row.places as number[][]).map((s) => s.join('-')).join(', ') : '',
    `${term}: sites, as in 0-1, 2-3`,
  );
  sites.placeholder = '0-1, 2-3';
  const apart = words(String(row.distance), `${term}: sites apart`);
  apart.inputMode = 'numeric';
  const unit = document.createElement('span');
  unit.textContent = 'apart';
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.className = 'remove';
  remove.textContent = '×';
  named(remove, `${term}: remove`);
  remove.addEventListener('click', removed);
  const node = document.createElement('div');
  node.className = 'term';
  node.append(op, kind, coefficient, where, sites, apart, unit, remove);
  const show = () => {
    sites.hidden = where.value !== 'sites';
    unit.hidden = apart.hidden = where.value === 'sites' || where.value === 'each';
  };
  show();
  for (const input of [op, kind, coefficient, where, sites, apart]) {
    input.addEventListener('change', () => {
      show();
      changed();
    });
  }
  /** The term as a text: read where it is a whole. */
  const text = () => {
    const list = op.value
      .trim()
      .replaceAll('−', '-')
      .split(/[\s,]+/)
      .join(',');
    const place = where.value === 'sites' ? sites.value.replace(/\s+/g, '') : where.value;
    const far = apart.hidden || apart.value.trim() === '1' ? '' : `/${apart.value.trim()}`;
    return `${list}*${kind.value === '~' ? '~' : ''}${coefficient.value.trim().replace('−', '-')}@${place}${far}`;
  };
  /** What a field lacks, or has that would be read as the end of it: in the words of the form, not of the text. */
  const lacks = (): string | null => {
    const [letters, number, listing, far] = [op, coefficient, sites, apart].map((input) =>
      input.value.trim(),
    );
    if (letters === '') return `${term}: no product of letters, as in xx, yy.`;
    if (/[*@;~]/.test(letters)) return `${term}: “${letters}” is no product of x, y, z, + and −.`;
    if (number === '') return `${term}: no coefficient.`;
    if (/[*@;~]/.test(number)) return `${term}: “${number}” is no number.`;
    if (!sites.hidden && listing === '') return `${term}: no sites, as in 0-1, 2-3.`;
    if (!sites.hidden && listing.includes(';')) return `${term}: “${listing}” is no list of sites.`;
    if (!apart.hidden && !/^\d+$/.test(far)) return `${term}: “${far}” sites apart, expected a whole number.`;
    return null;
  };
  return { node, text, lacks };
}

export function termsEditor({ change, complain }: Editing): Editor {
  const input = document.createElement('textarea');
  input.rows = 2;
  input.spellcheck = false;
  input.autocapitalize = 'off';
  const list = document.createElement('div');
  list.className = 'terms';
  let rows: ReturnType<typeof rowNode>[] = [];
  let shown = '';

  function take(text: string): void {
    const problem = problemOf(text);
    complain(problem && `${problem[0].toUpperCase()}${problem.slice(1)}`);
    if (!problem) change({ terms: textOf(rowsOf(text)) });
  }

  /** What these rows say, and behind them what is added. */
  function takeRows(some: typeof rows, ...more: string[]): void {
    const lacking = some.map(({ lacks }) => lacks()).find((why) => why !== null);
    if (lacking) complain(lacking);
    else take([...some.map(({ text }) => text()), ...more].join(';'));
  }

  const typed = () => takeRows(rows);

  function fill(terms: readonly Row[]): void {
    rows = terms.map((row, t) => rowNode(row, t, typed, () => without(t)));
    list.replaceChildren(...rows.map(({ node }) => node));
  }

  function without(t: number): void {
    const left = rows.filter((_, i) => i !== t);
    if (left.length > 0) takeRows(left);
  }

  input.addEventListener('change', () => take(input.value));
  input.addEventListener('input', () => problemOf(input.value) === null && take(input.value));

  const add = document.createElement('button');
  add.type = 'button';
  add.textContent = 'Add a term';
  add.addEventListener('click', () => takeRows(rows, textOf([FIRST])));
  const presets = choice(
    [['', 'Start from…'], ...PRESETS.map(({ title }, i) => [String(i), title] as const)],
    '',
    'Start from a model',
  );
  presets.addEventListener('change', () => {
    const preset = PRESETS[Number(presets.value)];
    if (presets.value !== '' && preset) change(preset.values);
    presets.value = '';
  });
  const links = document.createElement('div');
  links.className = 'buttons';
  links.append(add);
  const raw = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'As a text';
  raw.append(summary, input);

  return {
    input,
    nodes: [presets, list, links, raw],
    set(text) {
      if (document.activeElement !== input) input.value = text;
      if (text === shown) return;
      shown = text;
      complain(null);
      const at = focusOf(list);
      fill(rowsOf(text));
      at?.();
    },
  };
}

/** Brings the focus back to where it is now, after the rows are made anew. */
function focusOf(list: HTMLElement): (() => void) | null {
  const label = list.contains(document.activeElement) && document.activeElement?.getAttribute('aria-label');
  if (!label) return null;
  return () =>
    [...list.querySelectorAll<HTMLElement>('[aria-label]')]
      .find((node) => node.getAttribute('aria-label') === label)
      ?.focus();
}
