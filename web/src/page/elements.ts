// The page's own elements, those of index.html by their id.

export const element = (id: string) => document.getElementById(id) as HTMLElement;

export function button(text: string, action: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', action);
  return made;
}

/** Behind what is wrong with new values, while figures of others stand on the page. */
export const fromBefore = (): string =>
  element('figures').querySelector('figure svg') ? ' What is shown is from before.' : '';

/** Says what is wrong, a line each; nothing when there is nothing. */
export function showProblems(problems: string[]): void {
  const box = element('problems');
  box.hidden = problems.length === 0;
  box.replaceChildren(
    ...problems.map((text) => Object.assign(document.createElement('p'), { textContent: text })),
  );
}
