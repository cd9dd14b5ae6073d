// A view that is read: its sections, each with its words beside its figures and controls.
import type { Values } from '../parts/params.js';
import { joined } from '../parts/text.js';
import type { Section } from '../parts/view.js';

/** An article on the page. */
export interface Article {
  parts: HTMLElement[];
  /** Fills the next part that has no words yet; false if all have. */
  unfold(): boolean;
  /** Fills parts as far as those of these figures, which are about to be drawn. */
  reach(figures: readonly string[]): void;
  /** The commands that compute what its sections show now. */
  showCommands(): void;
}

/**
 * The sections, empty of figures. The words of the first are there with its controls, those of the others come with `unfold`: to make
 * and lay out all of them takes longer than the first figure. `field` gives the control of a parameter, `values` the parameters that
 * commands name.
 */
export function buildArticle(
  sections: readonly Section[],
  field: (key: string) => HTMLElement | undefined,
  values: () => Values,
): Article {
  const parts = sections.map((section) => emptyPart(section));
  let filled = 0;
  function unfold(): boolean {
    if (filled < parts.length) {
      const part = parts[filled];
      const section = sections[filled];
      filled++;
      fill(part, section.words);
      part.querySelector('.controls')?.append(...section.params.flatMap((key) => field(key) ?? []));
      showCommand(part, section, values());
    }
    return filled < parts.length;
  }
  function reach(ids: readonly string[]): void {
    const last = sections.findLastIndex(({ figures }) => figures.some((id) => ids.includes(id)));
    while (filled <= last) unfold();
  }
  function showCommands(): void {
    for (let i = 0; i < filled; ++i) showCommand(parts[i], sections[i], values());
  }
  unfold();
  return { parts, unfold, reach, showCommands };
}

function fill(part: HTMLElement, words: string): void {
  // The columns of a table are too narrow for what `joined` does.
  const markup = words
    .split(/(<table[\s\S]*?<\/table>)/)
    .map((piece) => (piece.startsWith('<table') ? piece : joined(piece)))
    .join('');
  part.querySelector('.words > h2')?.insertAdjacentHTML('afterend', markup);
  part.classList.remove('folded');
}

function emptyPart({ id, title, figures, command }: Section): HTMLElement {
  const section = document.createElement('section');
  section.id = `part-${id}`;
  section.className = 'part folded';
  section.setAttribute('aria-labelledby', `title-${id}`);
  const text = document.createElement('div');
  text.className = 'words';
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
    stage.append(slot);
    section.append(stage);
  }
  if (command) {
    const line = document.createElement('p');
    line.className = 'cli';
    text.append(line);
  }
  return section;
}

function showCommand(part: HTMLElement, { command }: Section, values: Values): void {
  const line = part.querySelector<HTMLElement>('.cli');
  if (!line || !command) return;
  const commands = [command(values)].flat();
  // Most have not changed with the value that did.
  const all = commands.join('\n');
  if (line.dataset.commands === all) return;
  line.dataset.commands = all;
  line.replaceChildren(
    'On the command line: ',
    ...commands.flatMap((one, i) => [...(i > 0 ? [' and '] : []), codeOf(one)]),
  );
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
