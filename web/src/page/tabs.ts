// One tab a view. A link of its own to the view as it is at first, for those who open it elsewhere.
import { type TaskName, views } from '../views/index.js';
import { element } from './elements.js';

export function buildTabs(names: readonly TaskName[], open: (name: TaskName) => void): void {
  for (const name of names) {
    const link = document.createElement('a');
    link.href = `?view=${name}`;
    link.textContent = views[name].title;
    link.dataset.view = name;
    link.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      open(name);
    });
    element('tabs').append(link);
  }
}

/** Shows which view is open. */
export function markTab(name: TaskName): void {
  for (const link of element('tabs').querySelectorAll('a')) {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}
