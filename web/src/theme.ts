// Colours and defaults shared by every plot: Okabe–Ito hues tell curves apart for colour-blind readers, the
// sequential scale is viridis. Text and rules follow the page, so light and dark both work.

export const hue = {
  blue: 'var(--blue)',
  orange: 'var(--orange)',
  green: 'var(--green)',
  pink: 'var(--pink)',
} as const;

export const sequential = 'viridis';

/** Options every plot starts from. */
export function base(width: number, height: number) {
  return {
    width,
    height,
    marginLeft: 62,
    marginBottom: 46,
    style: { fontSize: '14px', background: 'transparent', color: 'var(--ink)', overflow: 'visible' },
  };
}

export const log2 = Math.LN2;
