// Bisection: finds the place below which a condition holds, and above which it does not.

export type Bracket = readonly [low: number, high: number];

const mean = (low: number, high: number) => (low + high) / 2;

/** Halves a bracket in equal ratios. */
export const ratioMiddle = (low: number, high: number): number => Math.sqrt(low * high);

/** The bracket, then ever smaller ones without end, each half of the one before: the middle becomes the low end where `isLow` holds there. */
export function* halvings(
  [low, high]: Bracket,
  isLow: (middle: number) => boolean,
  middleOf: (low: number, high: number) => number = mean,
): Generator<Bracket, never> {
  for (;;) {
    yield [low, high];
    const middle = middleOf(low, high);
    if (isLow(middle)) low = middle;
    else high = middle;
  }
}

/** What `count` halvings leave of the bracket. */
export function halved(
  count: number,
  bracket: Bracket,
  isLow: (middle: number) => boolean,
  middleOf?: (low: number, high: number) => number,
): Bracket {
  const brackets = halvings(bracket, isLow, middleOf);
  for (let k = 0; k < count; ++k) brackets.next();
  return brackets.next().value;
}

/** Halvings after which a bracket of doubles of one size has shrunk to their rounding. */
const TO_ROUNDING = 60;

/** The place, to all digits. */
export function bisected(bracket: Bracket, isLow: (x: number) => boolean): number {
  const [low, high] = halved(TO_ROUNDING, bracket, isLow);
  return mean(low, high);
}
