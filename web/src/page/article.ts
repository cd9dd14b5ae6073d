// A view that is read: its sections, each with its words beside its figures and controls.
import type { Values } from '../parts/params.js';
import { joined } from '../parts/text.js';
import type { Section } from '../parts/view.js';

/** The sections, empty of figures; fields of controls move to where they belong. */
export function buildArticle(sections: readonly Section[]): HTMLElement[] {
  return sections.map(({ id, title, words, figures, params, command }) => {
    const section = document.createElement('section');
    section.id = `part-${id}`;
    section.className = 'part';
    section.setAttribute('aria-labelledby', `title-${id}`);
    const text = document.createElement('div');
    text.className = 'words';
    // The columns of a table are too narrow for that.
    text.innerHTML = words
      .split(/(<table[\s\S]*?<\/table>)/)
      .map((part) => (part.startsWith('<table') ? part : joined(part)))
      .join('');
    const heading = document.createElement('h2');
    heading.id = `title-${id}`;
    heading.textContent = title;
    text.prepend(heading);
    section.append(text);
    if (figures.length > 0) {
      const stage = document.createElement('div');
      stage.className = 'stage';
      stage.dataset.figures = figures.join(' ');
      const slot = document.createElement('div');
      slot.className = 'controls';
      for (const key of params) {
        const field = document.getElementById(`param-${key}`)?.closest('.field');
        if (field) slot.append(field);
      }
      stage.append(slot);
      section.append(stage);
    }
    if (command) {
      const line = document.createElement('p');
      line.className = 'cli';
      text.append(line);
    }
    return section;
  });
}

/** The commands that compute what the sections show. */
export function showCommands(sections: readonly Section[], values: Values): void {
  for (const { id, command } of sections) {
    const line = document.querySelector(`#part-${id} .cli`);
    if (!line || !command) continue;
    line.replaceChildren(
      'On the command line: ',
      ...[command(values)].flat().flatMap((one, i) => [...(i > 0 ? [' and '] : []), codeOf(one)]),
    );
  }
}

/** A line ends before an option, not between it and its value. */
function codeOf(command: string): HTMLElement {
  const code = document.createElement('code');
  code.append(
    ...command
      .split(/ (?=-)/)
      .flatMap((part, i) => [
        ...(i > 0 ? [' '] : []),
        Object.assign(document.createElement('span'), { textContent: part }),
      ]),
  );
  return code;
}
