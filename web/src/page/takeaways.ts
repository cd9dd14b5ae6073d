// What a visitor takes along beside the figures: a list to read and copy, files, and the same computation as a program.

import type { Shown, Snippet } from '../parts/view.js';
import { saveFile, withOrigin } from './download.js';
import { button, element } from './elements.js';

/** Lines of a list that are shown; all are copied and saved. */
const MOST_LINES = 2000;

const details = (title: string): HTMLDetailsElement => {
  const node = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = title;
  node.append(summary);
  return node;
};

const copyButton = (text: () => string): HTMLButtonElement => {
  const copy = button('Copy', () => {
    void navigator.clipboard?.writeText(text()).then(() => {
      copy.textContent = 'Copied';
      setTimeout(() => {
        copy.textContent = 'Copy';
      }, 1500);
    });
  });
  return copy;
};

function links(...buttons: HTMLElement[]): HTMLElement {
  const node = document.createElement('div');
  node.className = 'buttons';
  node.append(...buttons);
  return node;
}

/** The list and the files of what is shown; an open list stays open. */
export function showTaken({ list, taken = [] }: Shown, origin: () => string): void {
  const place = element('taken');
  const open = place.querySelector('details')?.open ?? false;
  const parts: HTMLElement[] = [];
  if (list) {
    const node = details(list.title);
    node.open = open;
    const lines = document.createElement('pre');
    lines.tabIndex = 0;
    const fill = () => {
      if (!node.open || lines.textContent !== '') return;
      const all = list.lines();
      const more = all.length - MOST_LINES;
      lines.textContent = `${all.slice(0, MOST_LINES).join('\n')}${more > 0 ? `\n… ${more} more` : ''}`;
    };
    node.addEventListener('toggle', fill);
    fill();
    const text = () => `${list.lines().join('\n')}\n`;
    const save = button('Save', () => saveFile(list.name, withOrigin(text(), origin())));
    node.append(lines, links(copyButton(text), save));
    parts.push(node);
  }
  if (taken.length > 0) {
    parts.push(
      links(...taken.map(({ label, name, content }) => button(label, () => saveFile(name, content())))),
    );
  }
  place.replaceChildren(...parts);
}

/** Programs and files that compute the same, each to be opened, copied and, where it is a file, saved. */
export function showSnippets(snippets: readonly Snippet[]): void {
  const place = element('snippets');
  const open = [...place.querySelectorAll('details')].map((node) => node.open);
  place.replaceChildren(
    ...snippets.map(({ title, text, name }, i) => {
      const node = details(title);
      node.open = open[i] ?? false;
      const pre = document.createElement('pre');
      const code = document.createElement('code');
      code.textContent = text;
      pre.append(code);
      pre.tabIndex = 0;
      const buttons = [copyButton(() => text)];
      if (name) buttons.push(button(`Save ${name}`, () => saveFile(name, text)));
      node.append(pre, links(...buttons));
      return node;
    }),
  );
}
