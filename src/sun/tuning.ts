// Numbers of speed in this room.

/** Share of progress when the dot is decomposed, which is shown and decides nothing: 9 d³ operations beside 2 d² elements of each spin. */
export const SOLVED = 0.8;
