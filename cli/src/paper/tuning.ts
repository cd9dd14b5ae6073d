// Shares of progress in figures: they are shown to people and decide nothing.

/** A scan of phases, and after it the spacings of grains. Estimated. */
export const SCANNED = 0.8;
/** The search for a threshold, and after it the map, whose labels need a dense decomposition. Estimated. */
export const SEARCHED = 0.5;
