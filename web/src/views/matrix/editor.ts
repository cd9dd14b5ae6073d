// Where a matrix is given: pasted as text, opened or dropped as a file, or typed into a grid.
import type { Editing, Editor } from '../../parts/params.js';
import { type Given, keep, keptName, LONGEST_IN_URL, problemOf } from './given.js';
import { createGrid } from './grid.js';

/** Milliseconds without a key after which what is typed is read. */
const PAUSE = 350;
/** Most bytes of a file: more than any matrix that the page decomposes takes as text. */
const LONGEST_FILE = 2 ** 28;
const ENDINGS = '.npy,.mtx,.csv,.tsv,.txt,.json';

export function matrixEditor({ change, complain }: Editing): Editor {
  const input = document.createElement('textarea');
  input.rows = 2;
  input.spellcheck = false;
  input.autocapitalize = 'off';
  input.placeholder = '2 1\n1 2';

  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Computes with what was given: from now on no example is shown. What was being typed before it is not read any more. */
  function take(own: string): void {
    clearTimeout(timer);
    const problem = problemOf(own);
    complain(problem);
    if (!problem) change({ matrix: 'own', own });
  }

  const takeText = (text: string) =>
    take(
      text.length <= LONGEST_IN_URL
        ? text
        : keep({ name: 'the pasted text', bytes: new TextEncoder().encode(text) }),
    );

  async function takeFile(file: File | undefined): Promise<void> {
    if (!file) return;
    if (file.size > LONGEST_FILE) {
      complain(`“${file.name}” has ${file.size} bytes, more than the ${LONGEST_FILE} that are read.`);
      return;
    }
    const given: Given = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    take(keep(given));
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => input.isConnected && takeText(input.value), PAUSE);
  });

  const grid = createGrid((rows) => takeText(rows));
  const tools = document.createElement('div');
  tools.className = 'tools';
  tools.append(opener(takeFile), grid.node);
  listen(input, takeFile, takeText);

  return {
    input,
    nodes: [input, tools],
    set(text) {
      const name = keptName(text);
      // What is being typed is not taken out of the typist's hands.
      if (document.activeElement !== input || name !== null) input.value = name === null ? text : '';
      input.placeholder = name === null ? '2 1\n1 2' : `“${name}” is shown.\nPaste another matrix here.`;
      grid.set(name === null ? text : '');
    },
  };
}

/** A button that opens a file; the input itself is out of sight, and the button is reached by the keyboard. */
function opener(takeFile: (file: File | undefined) => Promise<void>): HTMLElement {
  const file = document.createElement('input');
  file.type = 'file';
  file.accept = ENDINGS;
  file.hidden = true;
  file.addEventListener('change', () => {
    void takeFile(file.files?.[0]);
    file.value = '';
  });
  const press = document.createElement('button');
  press.type = 'button';
  press.textContent = 'Open a file…';
  press.addEventListener('click', () => file.click());
  const links = document.createElement('div');
  links.className = 'buttons';
  links.append(press, file);
  return links;
}

/** Files dropped, and text pasted, anywhere on the page while the view is open. */
function listen(
  input: HTMLElement,
  takeFile: (file: File | undefined) => Promise<void>,
  takeText: (text: string) => void,
): void {
  const leave = new AbortController();
  const { signal } = leave;
  /** Whether the view is still open; if not, it no longer listens. */
  const here = () => {
    if (!input.isConnected) leave.abort();
    return input.isConnected;
  };
  document.addEventListener(
    'dragover',
    (event) => {
      if (here()) event.preventDefault();
    },
    { signal },
  );
  document.addEventListener(
    'drop',
    (event) => {
      if (!here()) return;
      event.preventDefault();
      const { files } = event.dataTransfer ?? {};
      if (files?.length) void takeFile(files[0]);
      else takeText(event.dataTransfer?.getData('text') ?? '');
    },
    { signal },
  );
  document.addEventListener(
    'paste',
    (event) => {
      const into = event.target as HTMLElement;
      if (!here() || into.closest?.('input, textarea')) return;
      const file = event.clipboardData?.files[0];
      if (file) void takeFile(file);
      else takeText(event.clipboardData?.getData('text') ?? '');
    },
    { signal },
  );
}
