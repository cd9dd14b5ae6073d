// Mathematics in labels. A label is text in which `$…$` encloses mathematics, written as in TeX but without backslashes:
// single letters are variables and become italic, words of several letters (log, tot) stay upright, `_` and `^` make true
// subscripts and superscripts of the next character or of a group in braces: 'entropy $[S_{end}] / log 2$', '$g_{1,0}$'.
// Braces alone keep letters apart, '$C^{{z}{z}}$'; '$$' is a dollar sign. From one label come Markdown, plain text, and the
// pieces that are set: by the command (paper/typeset.ts) and by the page.

/** A piece of a label in one style. */
interface Run {
  text: string;
  italic: boolean;
  /** Size, and how far below the line, both in units of the label's own size. */
  size: number;
  drop: number;
  /** Moves the piece to the right before it is set, in the same units. */
  kern: number;
}

const SCRIPT = { size: 0.72, sub: 0.2, sup: -0.36 };
/** From an italic letter to the accent that belongs above it, and to an exponent. */
const ACCENT_KERN = -0.46;
const EXPONENT_KERN = 0.06;
const TILDE = '\u0303';
const DOLLAR = '\uE000';

type Style = Pick<Run, 'size' | 'drop'>;

/** Where the group or character that begins at `at` ends; braces are not part of `body`. */
function groupAt(source: string, at: number): { body: string; end: number } {
  if (source[at] !== '{') return { body: source[at] ?? '', end: at + 1 };
  let depth = 0;
  for (let i = at; i < source.length; ++i) {
    if (source[i] === '{') ++depth;
    if (source[i] === '}' && --depth === 0) return { body: source.slice(at + 1, i), end: i + 1 };
  }
  throw new Error(`unbalanced braces in the label $${source}$`);
}

function mathRuns(source: string, style: Style): Run[] {
  const runs: Run[] = [];
  const set = (text: string, italic: boolean, kern = 0) => runs.push({ text, italic, kern, ...style });
  for (let i = 0; i < source.length; ) {
    const word = /^[A-Za-z]{2,}/.exec(source.slice(i))?.[0];
    const c = source[i];
    if (c === '_' || c === '^') {
      const { body, end } = groupAt(source, i + 1);
      const drop = style.drop + style.size * (c === '_' ? SCRIPT.sub : SCRIPT.sup);
      const script = mathRuns(body, { size: style.size * SCRIPT.size, drop });
      if (c === '^' && runs.at(-1)?.italic) script[0].kern += EXPONENT_KERN;
      runs.push(...script);
      i = end;
    } else if (c === '{') {
      const { body, end } = groupAt(source, i);
      runs.push(...mathRuns(body, style));
      i = end;
    } else if (word) {
      set(word, false);
      i += word.length;
    } else {
      if (c === TILDE) set('˜', false, ACCENT_KERN * style.size);
      else if (c === "'") runs.push(...mathRuns('^′', style));
      else set(c === '-' ? '−' : c, /[A-Za-zα-ωħ]/.test(c));
      ++i;
    }
  }
  return runs;
}

/** Text and mathematics of a label in turn. */
function parts(label: string): { text: string; math: boolean }[] {
  const pieces = label.replaceAll('$$', DOLLAR).split('$');
  if (pieces.length % 2 === 0) throw new Error(`a $ without its second in the label ${label}`);
  return pieces.map((piece, i) => ({ text: piece.replaceAll(DOLLAR, '$'), math: i % 2 === 1 }));
}

export function runsOf(label: string): Run[] {
  const whole = parts(label).flatMap(({ text, math }) =>
    math
      ? mathRuns(text, { size: 1, drop: 0 })
      : text === ''
        ? []
        : [{ text, italic: false, size: 1, drop: 0, kern: 0 }],
  );
  const merged: Run[] = [];
  for (const run of whole) {
    const last = merged.at(-1);
    const same = last && last.italic === run.italic && last.size === run.size && last.drop === run.drop;
    if (same && run.kern === 0) last.text += run.text;
    else merged.push({ ...run });
  }
  return merged;
}

/** `text` as a label without mathematics, for names that come from elsewhere. */
export function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}

const SUB: Record<string, string> = {};
const SUP: Record<string, string> = {};
const pairUp = (table: Record<string, string>, from: string, to: string) => {
  [...from].forEach((c, i) => {
    table[c] = [...to][i];
  });
};
pairUp(SUB, '0123456789+−aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');
pairUp(SUP, '0123456789+−′in', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻′ⁱⁿ');

/** A label where nothing can be set, in titles of windows and metadata: 'g₁', 'S_end'. */
export function plainText(label: string): string {
  const pieces: Pick<Run, 'text' | 'drop'>[] = [];
  for (const { text: shown, drop } of runsOf(label)) {
    const text = shown.replaceAll('˜', TILDE);
    const last = pieces.at(-1);
    if (last?.drop === drop) last.text += text;
    else pieces.push({ text, drop });
  }
  const scripts = pieces.map(({ text, drop }) => {
    if (drop === 0) return text;
    const table = drop > 0 ? SUB : SUP;
    if ([...text].every((c) => table[c] !== undefined)) return [...text].map((c) => table[c]).join('');
    const sign = drop > 0 ? '_' : '^';
    return text.length > 1 && !/^[A-Za-z]+$/.test(text) ? `${sign}(${text})` : `${sign}${text}`;
  });
  return scripts.join('');
}

/** A label in Markdown, with the mathematics between dollars as its readers expect them. */
export function markdown(label: string): string {
  return parts(label)
    .map(({ text, math }) => {
      if (!math) return text;
      const tex = text
        .replace(/[A-Za-z]{2,}/g, (word) =>
          /^(log|exp|min|max)$/.test(word) ? `\\${word} ` : `\\mathrm{${word}}`,
        )
        .replace(/(.)\u0303/g, '\\tilde $1')
        .replace(/√(\w)/g, '\\sqrt $1')
        .replaceAll(' ]', ']');
      return `$${tex.replace(/ +/g, ' ')}$`;
    })
    .join('');
}
