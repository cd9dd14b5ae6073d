// A small symmetric matrix typed number by number: what is typed at (i, j) stands at (j, i) too.

/** Order up to which there is a grid. */
const MOST = 8;

/** Rows of words of a text that a grid can show, or null. */
function wordsOf(text: string): string[][] | null {
  const rows = text
    .replace(/[\])][\s,]*(?=[[(])/g, ';')
    .replace(/[[\]()]/g, ' ')
    .split(/[\n;]/)
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => row.split(/[\s,]+/));
  const n = rows.length;
  return n > 0 && n <= MOST && rows.every((row) => row.length === n) ? rows : null;
}

export function createGrid(changed: (rows: string) => void) {
  const node = document.createElement('details');
  node.className = 'grid';
  const summary = document.createElement('summary');
  summary.textContent = 'Grid';
  const size = document.createElement('div');
  size.className = 'buttons';
  const table = document.createElement('div');
  table.className = 'cells';
  node.append(summary, size, table);
  let words = wordsOf('2 1; 1 2')!;

  // A number alone is a matrix in brackets.
  const say = () => changed(words.length > 1 ? words.map((row) => row.join(' ')).join('\n') : `[[${words}]]`);

  function resize(n: number): void {
    const old = words;
    words = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => old[i]?.[j] ?? '0'));
    fill();
    say();
  }

  for (const [text, label, step] of [
    ['+', 'One row and column more', 1],
    ['−', 'One row and column less', -1],
  ] as const) {
    const press = document.createElement('button');
    press.type = 'button';
    press.textContent = text;
    press.setAttribute('aria-label', label);
    press.addEventListener('click', () => {
      const n = words.length + step;
      if (n >= 1 && n <= MOST) resize(n);
    });
    size.append(press);
  }

  function fill(): void {
    const n = words.length;
    table.style.gridTemplateColumns = `repeat(${n}, minmax(2.4rem, 1fr))`;
    table.replaceChildren(...words.flatMap((row, i) => row.map((word, j) => cell(word, i, j))));
  }

  function cell(word: string, i: number, j: number): HTMLInputElement {
    const input = document.createElement('input');
    input.value = word;
    input.inputMode = 'decimal';
    input.setAttribute('aria-label', `Element ${i}, ${j}`);
    input.addEventListener('change', () => {
      const typed = input.value.trim() || '0';
      words[i][j] = typed;
      // A complex number is conjugated.
      words[j][i] = i === j ? typed : conjugate(typed);
      say();
      const other = table.children[j * words.length + i] as HTMLInputElement;
      other.value = words[j][i];
    });
    return input;
  }

  fill();
  return {
    node,
    /** Shows a text, where it is a small matrix. */
    set(text: string): void {
      const shown = wordsOf(text);
      if (!shown || table.contains(document.activeElement)) return;
      words = shown;
      fill();
    },
  };
}

/** a+bi of a−bi: only the sign before the imaginary part changes. */
function conjugate(word: string): string {
  const found = /^(.*[\d.])?([+-]?)([\d.]*(?:[eE][+-]?\d+)?[ij])$/.exec(word);
  if (!found) return word;
  const [, before = '', sign, part] = found;
  return `${before}${sign === '-' ? (before ? '+' : '') : '-'}${part}`;
}
