// What is done to every drawing after its plot: the heading taken off unless it is wanted, the reading written below. A plot
// calls `frame` of style.ts and need not know of either. Title and parameters stay in <title> and <desc>, from which the
// caption is written.
const SVG = 'http://www.w3.org/2000/svg';
const NOTE_HEIGHT = 22;

export interface Finish {
  heading?: boolean;
  /** Label of the reading, where the figure has several. */
  reading?: string;
}

export function finish(svg: SVGElement, { heading = false, reading }: Finish): SVGElement {
  const box = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const header = svg.querySelector('[data-heading]');
  if (header && !heading) {
    const height = Number(header.getAttribute('data-heading'));
    header.remove();
    box[1] += height;
    box[3] -= height;
  }
  if (reading !== undefined) {
    const line = svg.ownerDocument.createElementNS(SVG, 'text');
    const place = { x: 16, y: box[1] + box[3] + 14, 'font-size': 12, fill: '#6b6b6b' };
    for (const [name, value] of Object.entries(place)) line.setAttribute(name, String(value));
    line.textContent = `reading: ${reading}`;
    svg.append(line);
    box[3] += NOTE_HEIGHT;
  }
  svg.setAttribute('viewBox', box.join(' '));
  svg.setAttribute('height', String(box[3]));
  const paper = svg.querySelector('rect[data-paper]');
  for (const [name, value] of Object.entries({ y: box[1], height: box[3] }))
    paper?.setAttribute(name, String(value));
  return svg;
}

/** Words begin with a capital, variables stay what they are: δ is not Δ. */
const capital = (letter: string) => letter.toUpperCase();

/** Title, parameters and reading of a drawing, as Markdown. */
export function captionOf(svg: SVGElement, reading?: string): string {
  const text = (name: string) => svg.querySelector(name)?.textContent?.trim() ?? '';
  const parts = [text('desc'), reading === undefined ? '' : `Reading: ${reading}`].filter(
    (part) => part !== '',
  );
  return `**${text('title')}.** ${parts.map((part) => `${part.replace(/^[a-z](?=[a-z])/, capital)}.`).join(' ')}\n`;
}
