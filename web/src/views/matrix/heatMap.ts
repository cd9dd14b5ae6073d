// All eigenvectors at once: one column a level, one row a component. Drawn as one image, of as many pixels as there are numbers.
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../../parts/params.js';
import { chart, diverging, sequential } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import type { MatrixResult } from './task.js';

/** Order up to which there is a map: beyond it a pixel of the page is more than one number. */
export const MOST_DRAWN = 1000;
const SHADES = 256;

/** Red, green and blue of each shade. */
function shades(scheme: 'puor' | 'viridis'): Uint8Array {
  const scale = Plot.scale({ color: { type: 'linear', scheme, domain: [0, 1] } });
  const canvas = document.createElement('canvas');
  canvas.width = SHADES;
  canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  for (let i = 0; i < SHADES; ++i) {
    pen.fillStyle = scale.apply(i / (SHADES - 1)) as string;
    pen.fillRect(i, 0, 1, 1);
  }
  return new Uint8Array(pen.getImageData(0, 0, SHADES, 1).data.buffer);
}

export type Part = 'signed' | 'modulus';

/**
 * What is drawn of component i of vector k: its modulus, or itself; of complex vectors the real part, each vector turned so that
 * its largest component is real and positive.
 */
function componentOf({ n, complex, vectors }: MatrixResult, part: Part): (i: number, k: number) => number {
  if (!complex) return (i, k) => (part === 'signed' ? vectors[k * n + i] : Math.abs(vectors[k * n + i]));
  const modulus = (i: number, k: number) =>
    Math.hypot(vectors[2 * (k * n + i)], vectors[2 * (k * n + i) + 1]);
  if (part === 'modulus') return modulus;
  const turns = Array.from({ length: n }, (_, k) => {
    let largest = 0;
    // Of components that are equal up to rounding the first is taken.
    for (let i = 1; i < n; ++i) if (modulus(i, k) > 1.000001 * modulus(largest, k)) largest = i;
    const size = modulus(largest, k) || 1;
    const at = 2 * (k * n + largest);
    return [vectors[at] / size, vectors[at + 1] / size];
  });
  return (i, k) => {
    const at = 2 * (k * n + i);
    return vectors[at] * turns[k][0] + vectors[at + 1] * turns[k][1];
  };
}

function picture(n: number, part: Part, most: number, at: (i: number, k: number) => number): string {
  const table = shades(part === 'signed' ? diverging : sequential);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = n;
  const pen = canvas.getContext('2d')!;
  const image = pen.createImageData(n, n);
  for (let i = 0, p = 0; i < n; ++i) {
    for (let k = 0; k < n; ++k, p += 4) {
      const share = part === 'signed' ? 0.5 + (0.5 * at(i, k)) / most : at(i, k) / most;
      const shade = 4 * Math.round(share * (SHADES - 1));
      for (let c = 0; c < 4; ++c) image.data[p + c] = table[shade + c];
    }
  }
  pen.putImageData(image, 0, 0);
  return canvas.toDataURL('image/png');
}

const signed = (x: number, digits = 6) => String(Number(x.toPrecision(digits))).replace('-', '−');

function said({ complex, vectors, n }: MatrixResult, i: number, k: number): string {
  if (!complex) return signed(vectors[k * n + i]);
  const [re, im] = [vectors[2 * (k * n + i)], vectors[2 * (k * n + i) + 1]];
  return `${signed(re)} ${im < 0 ? '−' : '+'} ${signed(Math.abs(im))} i`;
}

/** One column a vector, of a complex matrix two. */
function columns({ n, complex, vectors }: MatrixResult): Record<string, ArrayLike<number>> {
  const table: Record<string, ArrayLike<number>> = { component: Int32Array.from({ length: n }, (_, i) => i) };
  for (let k = 0; k < n; ++k) {
    if (!complex) table[`v${k}`] = vectors.subarray(k * n, (k + 1) * n);
    else {
      const pairs = vectors.subarray(2 * k * n, 2 * (k + 1) * n);
      table[`v${k}_re`] = pairs.filter((_, p) => p % 2 === 0);
      table[`v${k}_im`] = pairs.filter((_, p) => p % 2 === 1);
    }
  }
  return table;
}

/** What is drawn, in words. */
function wordsOf(complex: boolean, part: Part): { title: string; how: string; bar: string } {
  if (part === 'modulus') return { title: 'sizes $|v_{{i}{k}}|$', how: ', by size', bar: '$|v|$' };
  if (!complex) {
    const how = ', with its sign; that of a whole vector is arbitrary';
    return { title: 'components $v_{{i}{k}}$', how, bar: '$v$' };
  }
  const how = ': the real part, each vector turned so that its largest component is real and positive';
  return { title: 'real parts Re $v_{{i}{k}}$', how, bar: 'Re $v$' };
}

export function vectorMap(r: MatrixResult, part: Part): Figure | null {
  const { n, complex, values } = r;
  if (n > MOST_DRAWN || n === 0) return null;
  const at = componentOf(r, part);
  let most = 0;
  for (let k = 0; k < n; ++k) for (let i = 0; i < n; ++i) most = Math.max(most, Math.abs(at(i, k)));
  const image = picture(n, part, most, at);
  const { title, how, bar } = wordsOf(complex, part);
  return {
    id: 'matrix-vectors',
    title: `Eigenvectors: ${title}`,
    summary: `Column $k$ is the eigenvector of level $k$, row $i$ its component $i$${how}. The largest is ${formatNumber(most)}. Drawn up to order ${MOST_DRAWN}.`,
    data: n <= 300 ? columns(r) : undefined,
    square: true,
    cells: { columns: n, rows: n },
    probe(x, y) {
      const [k, i] = [Math.floor(x), Math.floor(y)];
      if (!(k >= 0 && k < n && i >= 0 && i < n)) return null;
      return `level ${k}, $E$ = ${signed(values[k], 8)}\ncomponent ${i}: ${said(r, i, k)}`;
    },
    draw(width, height, u) {
      const margins = { marginLeft: 64 * u, marginRight: 20 * u, marginBottom: 50 * u, marginTop: 8 * u };
      const [across, down] = [width - 84 * u, height - 58 * u];
      const ticks = n <= 12 ? Array.from({ length: n }, (_, i) => i) : undefined;
      return chart(
        width,
        height,
        {
          ...margins,
          x: { domain: [0, n] },
          y: { domain: [n, 0] },
          marks: [
            Plot.image([0], {
              x: n / 2,
              y: n / 2,
              width: across,
              height: down,
              src: () => image,
              preserveAspectRatio: 'none',
              imageRendering: 'pixelated',
            }),
            Plot.frame({ stroke: 'currentColor', strokeOpacity: 0.4 }),
            // A number stands in the middle of its row or column.
            Plot.axisX(ticks ?? tickList(n), {
              x: (k: number) => k + 0.5,
              text: (k: number) => String(k),
              tickSize: 4 * u,
              label: 'level $k$',
              labelAnchor: 'center',
              labelArrow: 'none',
              labelOffset: 38 * u,
            }),
            Plot.axisY(ticks ?? tickList(n), {
              y: (i: number) => i + 0.5,
              text: (i: number) => String(i),
              tickSize: 4 * u,
              label: 'component $i$',
              labelAnchor: 'center',
              labelArrow: 'none',
              labelOffset: 60 * u,
            }),
          ],
        },
        part === 'modulus' ? { bar, most } : { bar, signed: most },
      );
    },
  };
}

/** Some six round numbers below n. */
function tickList(n: number): number[] {
  const rough = n / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? rough;
  return Array.from({ length: Math.ceil(n / step) }, (_, k) => k * step).filter((k) => k < n);
}
