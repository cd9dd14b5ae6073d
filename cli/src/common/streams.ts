// The streams from which this package draws random numbers: of one seed and one sample no two uses get the same. Grains, suns and lattices
// of the library draw from streams 1 to 4, so what goes with one of them has a stream that it leaves free.

export const STREAMS = {
  /** Fields of a chain with a bath, or the phase of quasiperiodic ones. */
  bathFields: 1,
  /** The phase offset of a lattice, whose random phases are stream 1 of the library. */
  latticeOffset: 2,
  /** Random vectors of the autocorrelators of a central-grain model. */
  lateTimes: 40,
  /** Terms of a model of spins, by what they are called: from here on. */
  spinTerms: 1000,
} as const;
