// Numbers of speed in this room.

/** L-bits that one step of the iteration at an energy takes: 0.3 ms each on one core of 3 GHz, by their quadratures. A bound on the wait. */
export const AT_ONCE = 16;
