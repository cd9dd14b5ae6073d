// Axes go as far as what they show: nothing is cut off above, and what is cut off below is said.
import { expect, test } from 'vitest';
import { settled } from '../support/browser/explorer.js';
import { exploring } from '../support/browser/opened.js';

const { explorer, page } = await exploring({ viewport: { width: 1280, height: 800 } });

/** How far the curves of a figure reach beyond its axes, above and below, in pixels; below only what is not cut off. */
const beyond = (figure: string) =>
  page.locator(`#figure-${figure} svg`).evaluate((svg) => {
    const scale = (svg as unknown as { scale(name: string): { range: number[] } }).scale('y');
    const [bottom, top] = scale.range;
    const reach = { above: Number.NEGATIVE_INFINITY, below: Number.NEGATIVE_INFINITY };
    for (const path of svg.querySelectorAll('path')) {
      const clipped = path.closest('[clip-path]') !== null;
      const points = [...(path.getAttribute('d') ?? '').matchAll(/[\d.],(-?[\d.]+)/g)];
      // Ticks and rules are no curves.
      if (points.length < 20) continue;
      for (const [, y] of points) {
        reach.above = Math.max(reach.above, top - Number(y));
        if (!clipped) reach.below = Math.max(reach.below, Number(y) - bottom);
      }
    }
    return reach;
  });

test.each(['goe', 'gse'])(
  'the distribution of h was cut off at 1.4, and that of S at 300: %s',
  async (grain) => {
    for (const g of [0.001, 0.1]) {
      await page.goto(`${explorer.origin}?view=lbit&g=${g}&grain=${grain}`);
      await settled(page);
      for (const figure of ['lbit-resonance', 'lbit-entropy']) {
        const { above, below } = await beyond(figure);
        expect(above).toBeLessThan(0);
        expect(above).toBeGreaterThan(-150);
        expect(below).toBeLessThan(1);
      }
      expect(await page.locator('#figure-lbit-entropy figcaption').textContent()).toContain(
        'What is below 0.001 is not drawn.',
      );
    }
  },
);

test.each([0.12, 0.25, 1])(
  'the bottleneck was cut off at fixed ends, and its minimum drawn there: ζ = %s',
  async (zeta) => {
    await page.goto(`${explorer.origin}?view=story&zeta=${zeta}`);
    await settled(page);
    const { above, below } = await beyond('story-bottleneck');
    expect(above).toBeLessThan(0);
    expect(below).toBeLessThan(0);
    // The ring is on the curve.
    const off = await page.locator('#figure-story-bottleneck .plot').evaluate((plot) => {
      const box = plot.querySelector('.handle')!.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const path = [...plot.querySelectorAll('path')].sort(
        (a, b) => b.getTotalLength() - a.getTotalLength(),
      )[0];
      const place = path.getScreenCTM()!;
      const count = Math.ceil(path.getTotalLength());
      const far = Array.from({ length: count }, (_, k) => {
        const at = path.getPointAtLength(k).matrixTransform(place);
        return Math.hypot(at.x - x, at.y - y);
      });
      return Math.min(...far);
    });
    expect(off).toBeLessThan(2);
  },
);
