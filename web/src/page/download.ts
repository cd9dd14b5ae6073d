// Downloads: a figure as SVG with its colours resolved, its data as CSV.
import { toCsv } from './csv.js';

function save(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function downloadCsv(name: string, data: Record<string, ArrayLike<number | string>>): void {
  save(`${name}.csv`, 'text/csv', toCsv(data));
}

/** The page's custom properties mean nothing outside it: every colour is written out, the background too. */
export function downloadSvg(name: string, svg: SVGSVGElement): void {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const property of ['fill', 'stroke', 'color'] as const) {
      if (style[property]) copies[i].setAttribute(property, style[property]);
    }
  });
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', getComputedStyle(document.documentElement).backgroundColor);
  const sheet = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  sheet.textContent = 'text, tspan { white-space: pre; }';
  copy.prepend(sheet, paper);
  copy.style.color = getComputedStyle(svg).color;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  save(`${name}.svg`, 'image/svg+xml', new XMLSerializer().serializeToString(copy));
}
