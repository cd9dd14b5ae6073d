// Downloads: a figure as SVG with its colours resolved, its data as CSV.

function save(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** CSV of named columns of equal length; numbers in full precision. */
function toCsv(data: Record<string, ArrayLike<number | string>>): string {
  const names = Object.keys(data);
  const rows = Math.max(0, ...names.map((name) => data[name].length));
  const lines = [names.join(',')];
  for (let i = 0; i < rows; ++i) lines.push(names.map((name) => String(data[name][i] ?? '')).join(','));
  return `${lines.join('\n')}\n`;
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
