// Downloads: a figure as SVG with its colours resolved, its data as CSV, each with what it was computed with and when.
import { toCsv } from '../../../cli/src/common/csv.js';
import { made, SVG } from '../parts/svg.js';

/** Saves a file: text, or the bytes of anything. */
export function saveFile(name: string, content: string | Uint8Array): void {
  save(name, typeof content === 'string' ? 'text/plain' : 'application/octet-stream', content as BlobPart);
}

/** Text below a remark that says what it is of, and when it was made. */
export const withOrigin = (text: string, origin: string) => `# ${origin}\n${text}`;

function save(name: string, type: string, text: BlobPart): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The first line is a remark: what the numbers are of. */
export function downloadCsv(
  name: string,
  data: Record<string, ArrayLike<number | string>>,
  origin: string,
): void {
  save(`${name}.csv`, 'text/csv', withOrigin(toCsv(data), origin));
}

/**
 * The page's custom properties mean nothing outside it: every colour is written out, the background too, as on white
 * paper whatever the page looks like. Below stands what the figure is of.
 */
export function downloadSvg(name: string, svg: SVGSVGElement, origin: string): void {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const paper = document.createElement('div');
  paper.className = 'offprint';
  paper.append(copy);
  document.body.append(paper);
  for (const part of [copy, ...copy.querySelectorAll<SVGElement>('*')]) {
    const style = getComputedStyle(part);
    for (const property of ['fill', 'stroke', 'color'] as const) {
      if (style[property]) part.setAttribute(property, style[property]);
    }
  }
  const ink = getComputedStyle(copy).color;
  const ground = getComputedStyle(paper).backgroundColor;
  paper.remove();
  const [width, height] = ['width', 'height'].map((side) => Number(copy.getAttribute(side)));
  const size = Number.parseFloat(copy.style.fontSize) * 0.8;
  // URLs are digits and capitals, in wide types two thirds of their height each.
  const lines = wrapped(origin, Math.floor((width - 20) / (0.66 * size)));
  const total = height + (lines.length + 0.7) * 1.4 * size;
  copy.setAttribute('height', String(total));
  copy.setAttribute('viewBox', `0 0 ${width} ${total}`);
  const sheet = made('style', {}, 'text, tspan { white-space: pre; }');
  copy.prepend(sheet, made('rect', { width: '100%', height: '100%', fill: ground }));
  lines.forEach((line, i) => {
    const y = height + (i + 1) * 1.4 * size;
    // The drawing's own anchor is the middle.
    copy.append(made('text', { x: 10, y, 'text-anchor': 'start', 'font-size': size, fill: ink }, line));
  });
  copy.style.color = ink;
  copy.setAttribute('xmlns', SVG);
  save(`${name}.svg`, 'image/svg+xml', new XMLSerializer().serializeToString(copy));
}

/** The text in lines of at most this length: a URL goes on in the next line behind an &, a longer word wherever a line is full. */
function wrapped(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(/(?<=[ &])/)) {
    const last = lines.length - 1;
    if (lines[last].length + word.trimEnd().length <= most) lines[last] += word;
    else {
      for (let at = 0; at < word.length; at += most) lines.push(word.slice(at, at + most));
    }
  }
  return lines.map((line) => line.trimEnd()).filter((line) => line !== '');
}
