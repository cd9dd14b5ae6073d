// Numbers of speed in this room. They decide which way is taken and how soon it ends, and so whether it finds the states; states that
// are found are always checked. Each number stands with what was measured; one that only bounds memory or a wait says so.
//
// "Half and double": AMD EPYC (Zen 4), Node 20, products with H, which have no noise, when `eigsh` finds by the filtered method the
// 10 and the 40 states nearest to 0 of an open Heisenberg chain of 13 spins in random fields up to 1 (order 1716), the 20 nearest
// and all between −0.1 and 0.1 of one of 14 spins in fields up to 4 (order 3432). With the numbers below these are 38 440, 23 005,
// 45 796 and 55 978; what is said are the changes of these four. BOUND_STEPS, BOUND_MARGIN and DENSITY_VECTORS were measured with
// other fields of the same strength, for which they are 38 752, 24 717, 59 364 and 66 926.
import type { Computed } from './compute.js';

/** Steps of the Lanczos run that bounds a spectrum. Half and double: 0, 0, +1, −5 % and 0, 0, 0, 0 %. */
export const BOUND_STEPS = 60;
/**
 * Beyond the extreme Ritz values and their residuals, as a share of the width: 60 steps find any level that is farther out, and one
 * beyond the bounds would be blown up by the polynomials. Half and double: −1, −1, −1, −1 % and +2, +1, +2, −4 %, as the width is
 * what products are proportional to.
 */
export const BOUND_MARGIN = 0.01;
/**
 * Chebyshev moments and random vectors from which the density of states is estimated. Half and double of the first: −1, −1, +6,
 * +3 % and +4, +5, +1, +5 %; of the second +11, −4, −2, −1 % and +12, +7, −6, −4 %.
 */
export const MOMENTS = 256;
export const DENSITY_VECTORS = 4;

/**
 * Columns of a block of the filtered solver: a fixed number, so that results do not depend on the number of threads. Half and
 * double: −30, −13, −18, −16 % and +30, +19, +37, +37 %. Two would be better here, but a level of three or four copies would
 * then take a second run with larger blocks; the number also decides the bits of every state that is found.
 */
export const FILTER_BLOCK = 4;
/** Columns filtered at a time. Half and double: the same products, and the same time to 8 %, which is noise. */
export const FILTERED_COLUMNS = 16;
/**
 * States under the peak per state asked for. What counts is degree times vectors: a higher peak of fewer states takes a
 * degree that grows as they become fewer, while the vectors that it takes beside them to tell the last from the side lobes
 * do not. From 2.4 to 4 the products with H are fewest, to 5 %, and three quarters of those at 1.5. Half and double: +37, +30,
 * +73, +25 % and −33, −16, −12, +5 %; but double takes half as long again for the 40 states, because more vectors have to be made
 * orthogonal.
 */
export const MARGIN = 2.4;
/**
 * Krylov vectors that there is room for, per state asked for and beside. Half and double of the second: the same products, in 18 to
 * 33 % less and 40 to 67 % more memory; of the first the same products too, in 16 to 33 % less and 32 to 65 % more memory.
 */
export const [VECTORS, BESIDE] = [7.5, 160];
/**
 * Vectors at the first look at what has converged, per state asked for, and those added between two looks, at least and as a
 * share of those there are. Half and double of the first: −4, 0, +6, +5 % and −7, +32, +24, +27 %; of the second −7, 0, 0, +2 %
 * and 0, +6, +12, +7 %; of the third no change, and 0, 0, 0, +7 %.
 */
export const FIRST_LOOK = 4;
export const [LOOK, LOOK_SHARE] = [4 * FILTER_BLOCK, 0.05];
/**
 * How many larger blocks there is room for at least. Half and double: no change where no level has more copies than columns. Of a
 * Heisenberg ring of 12 spins without a sector, whose levels have up to 36 copies (the 10 states nearest to 0.1, the 30 nearest to
 * −2, all within 0.05 of that; 582 840, 76 784 and 200 460 products): −6, 0, 0 % and −81, 0, 0 %.
 */
export const DEPTH = 16;
/**
 * Most rounds with another degree: a cap, after which it is said that states are missing. Half and double: no change; half on that ring: −66, 0, 0 %,
 * while two are too few for the interval there.
 */
export const ROUNDS = 8;
/**
 * Blocks grow by this factor where a level has more copies than they have columns; elsewhere half and double change nothing. Half
 * and double on that ring: −85, −22, +36 % and −63, +24, +60 %.
 */
export const GROWTH = 4;
/**
 * States for which the first peak is made at least: one for a single state often lies between two levels. Half and double, for the state
 * nearest to an energy of a chain of 13 spins, the two nearest, and the one of 14 spins (63 714, 67 400 and 120 902 products): +52, +55,
 * +52 % and −38, −38, −38 %. Double would be better for so few states; the number decides bits.
 */
export const LEAST_NEAR = 4;
/**
 * Of an interval: how much wider than it the peak is at first, and for how many states at least, so that one in a gap is not made ever
 * narrower. Measured by the products for all 59 states between −0.1 and 0.1 (14 spins), all 13 between −0.02 and 0.02 (13 spins), and
 * between two levels of 14 spins, where there are none (58 826, 68 091 and 179 259): 1.1 and 1.4 of the first +3, −10, 0 % and −6, −11, 0 %;
 * half and double of the second 0, 0, +43 % and 0, −19, −40 %.
 */
export const [PEAK_OVER, LEAST_UNDER] = [1.2, 8];
/**
 * Room for this many times the states that are estimated under the peak; and, where there are more all the same, the factor by which it
 * grows. Bounds on memory more than on time: 1.35 and 2.4 of the second change none of the three.
 */
export const [SPARE_ROOM, ROOM_GROWTH] = [1.2, 1.7];

/**
 * The bath: columns of a panel of the generator; vectors whose elements are taken at a time; and the number of blocks from which small ones
 * are merged, for the pieces grow with its square, and each takes a call. Half and double (AMD EPYC, Zen 4, Node 20, a busy machine, least
 * processor time of `bathRate`): all within the noise, some 20 % of 56 ms of a chain of 9 spins, 245 ms of one of 10, and 167 ms of one of 10
 * with 192 blocks, but for half of the last number, which takes half as long again there.
 */
export const PANEL_COLUMNS = 64;
export const ELEMENT_VECTORS = 16;
export const MANY_BLOCKS = 16;

/**
 * Nominal nanoseconds of a search in a space of m vectors, beside its products, after which blocks are not made larger: what makes
 * each vector orthogonal to all others, 0.2 n m², and decompositions of order m, at each look, 1.3 m³. That is two and a half minutes;
 * a search for 580 states among levels of 6 copies, n = 8202, took 94 s with 28 s of these. It is how long somebody may wait, chosen
 * and not measured: no search of a real operator of order 3400 comes to half of it, not even in the whole space.
 */
export const LONGEST_SEARCH = 1.5e11;
const ORTHOGONAL = 0.2;
export const LOOKS = 1.3;
/**
 * Nanoseconds of one operation of a product as `cost` counts them, and the share of the time of the vectors between two looks that a look
 * may take where products are long, so that looks come sooner. Products of the grain model with 9, 10 and 12 l-bits for the 10 states
 * nearest to 0: 114 800, 107 664 and 479 616 without, 96 712, 92 864 and 453 032 with it, and the same with half and double of the second.
 */
export const [OPERATION, LOOK_TIME] = [0.25, 0.02];

/** Whether blocks of this width are not worth it after a search in a space of `subspace` vectors: m is that number, or as many blocks as there is room for. */
export function tooLong(
  { n, complex }: Pick<Computed, 'n' | 'complex'>,
  subspace: number,
  block: number,
): boolean {
  const vectors = Math.min(n, Math.max(subspace, DEPTH * block));
  const nominal = (ORTHOGONAL * n + LOOKS * vectors) * vectors * vectors;
  return (complex ? 4 : 1) * nominal > LONGEST_SEARCH;
}

/**
 * Argument of the Bessel functions in one step of time evolution: at 256 a unit of it takes 1.3 products, and a longer one is
 * no more than a quarter cheaper. Of imaginary time, whose factors decay as e^{−k²/2z}. Half and double, products of the chain of 14
 * spins: +12 and −7 % for a time of 200; +34 and −23 % for an imaginary time of 20.
 */
export const [REAL_STEP, IMAGINARY_STEP] = [256, 32];
/**
 * Vectors of a Krylov space of time evolution. Half and double, products of the same chain: +213 and −33 % for a time of 20, +195 and
 * −50 % for 40 times up to that, +35 and 0 % for an imaginary time of 20. Least processor time of the
 * first two: +137 and +8 %, +115 and −13 %, because vectors of longer spaces are made orthogonal to more.
 */
export const KRYLOV_VECTORS = 30;

/**
 * Times at which states are combined of n eigenvectors at a time: alone, packing the eigenvectors for the product takes longer than the
 * product. Measured (AMD EPYC, Zen 4, Node 20; least processor time in ms of 180 times, without the decomposition) 1, 4 and 16 at a time:
 * 14, 9, 8 at order 252, 163, 107, 105 at 924, and 44, 14, 10 of a complex H of order 256. The second factor bounds a step, and no
 * number of them changes a bit.
 */
export const timesTogether = (n: number) => Math.min(16, Math.max(1, Math.floor(2 ** 25 / (n * n))));

/**
 * Bytes of the vectors of a Lanczos space that are kept before it starts again: with room for all 250 that it takes to find ten
 * levels of a chain of 18 spins there are a third fewer products than with the 44 that there have to be, and no rotations.
 */
export const LANCZOS_BYTES = 2 ** 27;

/**
 * Multiplications up to which eigenvalues are counted by elimination, and the order up to which that is done to operators whose entries
 * are not known. Bounds on the wait, chosen and not by half and double: a count for a full matrix of order 2048, 2.9e9 multiplications,
 * takes 2.3 s (AMD EPYC, Zen 4, Node 20), so that the first comes to some 16 s. Beyond them the count is stochastic.
 */
export const [INERTIA_COST, INERTIA_ORDER] = [2e10, 2048];
/**
 * Random vectors of a count by traces: columns of a block, and blocks. The error of the count is the spread of the vectors, which is
 * known, over the root of their number, and products are proportional to it: 10 468 for the 86 states found within 0.05 of 0 of a
 * chain of 12 spins without a sector, with an error of 0.0018 states, and 36 964 for 20 states near 1, 0.0007. Half and double of
 * the blocks: −50, −50 % of products and +99, +100 %; errors of 0.0016, 0.0013 and 0.0011, 0.0005. Any of these says whether a state
 * is missing; two blocks make the estimate of the error itself, from eight vectors, one that can be trusted.
 */
export const [COUNT_BLOCK, COUNT_BLOCKS] = [FILTER_BLOCK, 2];

/** Bytes of the matrix of a symmetry sector up to which it is made; beyond them products do without, and take much longer. A bound on memory. */
export const CSR_BYTES = 2 ** 30;
/**
 * What finding the place of an image takes beside a stored entry, for each element of the group. Measured (AMD EPYC, Zen 4, Node 20, least
 * processor time): products with rings of 16 to 20 spins without their matrix take 1.1 to 1.7 times as long as with it, for each of 16 to 40
 * elements. It is kept, for it decides which solver is taken, and so bits.
 */
export const ROW_COST = 4;

/**
 * Up to this order the dense solver is preferred. Measured (AMD EPYC, Zen 4, Node 20; least processor time in ms, chains of 10 to 12
 * spins in fields up to 1): the 4, 10 and 20 states nearest to 0, filtered and dense: 148, 112, 11 and 35, 25, 13 at order 252; 82,
 * 62, 55 and 37, 32, 43 at 462; 246, 186, 150 and 252, 205, 199 at 924. For the lowest and the 6 lowest Lanczos is faster from
 * order 462 on, 4 and 7 ms in place of 24: half would be better there, by 20 ms.
 */
export const DENSE_BELOW = 512;
/**
 * The dense solver is preferred where a Krylov space would take more vectors than this share of the order, and inside a spectrum twice
 * this share. Measured (as above, order 1716): the 60, 100, 150 and 200 lowest states by Lanczos and dense: 224, 403, 673, 912 ms and 774,
 * 857, 776, 660; the line is at 134 states. The 10, 36, 60 and 90 nearest to 0, filtered and dense: 719, 899, 776, 562 and 1515,
 * 1736, 1206, 1304; the line is at 93, where half would cost most and double gain.
 */
export const CROWDED = 0.25;
/**
 * Vectors between two looks at the Ritz values of a space at an end, at least, and as a share of those there are. Half and double of the
 * first: 0, +1, −1, −2 % and +6, +5, 0, −4 % of the products for the lowest and the 10 lowest states of a chain of 13 spins, the 6 and
 * the 40 lowest of one of 15 (124, 273, 242 and 696); of the second 0, 0, −3, −5 % and +5, +12, +6, 0 %. Half of the second takes up
 * to half as long again, for the looks themselves.
 */
export const [END_LOOK, END_LOOK_SHARE] = [8, 0.12];
/** Largest order that is left to a dense solver unasked: some two minutes on one thread, by its 0.23 n³ ns. A bound on the wait. */
export const DENSE_ORDER = 8192;

/**
 * Nominal nanoseconds of a dense solver for a few pairs of order n, and of the filtered one for `count`: degree times vectors,
 * 2 n/count times 5 count + 100, products of a nanosecond an entry, and what makes the vectors orthogonal. The dense one takes
 * 0.23 n³ ns with all vectors (n = 1024 and 2048, docs/performance.md), a complex one four times as long.
 */
export function denseCost({ n, complex }: Computed): number {
  return (complex ? 0.8 : 0.2) * n * n * n;
}

export function filteredCost({ n, complex, cost }: Computed, count: number): number {
  const vectors = 5 * count + 100;
  const products = (2 * n * vectors) / count;
  return products * cost * (complex ? 2 : 1) + (complex ? 4 : 1) * 0.5 * n * vectors * vectors;
}

/** For an operator with few levels, each in many copies: one closed space for each copy, made orthogonal twice to the others. */
export function fewCost({ n, complex, cost }: Computed, copies: number, levels: number): number {
  const space = levels * cost * (complex ? 2 : 1) + (complex ? 4 : 1) * 4 * levels * levels * n;
  return copies * (space + (complex ? 4 : 1) * 3 * copies * n);
}

/** The products that take one and a half times as long as the dense solver, and some seconds more: a limit to the loss, not measured. */
export function worthwhile(of: Computed): number {
  return Math.ceil((1.5 * denseCost(of) + 5e9) / (of.cost * (of.complex ? 2 : 1)));
}

/**
 * The same of Lanczos, which makes each vector orthogonal to some `vectors` others, and a second: rings of 1000 … 3000 sites,
 * three levels, take half of these and less.
 */
export function worthwhileLanczos(of: Computed, vectors: number): number {
  const orthogonal = (of.complex ? 4 : 1) * vectors * of.n;
  return Math.ceil((1.5 * denseCost(of) + 1e9) / (of.cost * (of.complex ? 2 : 1) + orthogonal));
}

/**
 * Shares of progress at the end of parts of a computation: they are shown to people and decide nothing. Estimated from what the parts
 * take: a dense matrix is n products, a decomposition about 9 n³ operations with all vectors and a third of that for values alone,
 * and what follows is measured by products. Sizes, moments and measured residuals are few products beside what they are for.
 */
export const PROGRESS = {
  /** Bounds of a spectrum, before the states are looked for; and moments of its density, before the states of an interval. */
  sized: 0.02,
  moments: 0.05,
  /** What a Lanczos run may show before its first vector is kept. */
  unlocked: 0.9,
  /** A whole matrix: the matrix, and its wanted part; in the middle of the spectrum its values, too. */
  ends: { dense: 0.2, solved: 0.95 },
  middle: { dense: 0.1, values: 0.4, solved: 0.95 },
  /** States, and then their number by a count, which begins with the inertia where it can. */
  found: 0.6,
  inertia: 0.1,
  /** All eigenvectors, and then states in time. */
  evolution: { dense: 0.1, solved: 0.6 },
  /** The bath: eigenvectors, elements, generator, its bound, its factors; and within eigenvectors the blocks, and the matrix of one. */
  bath: { solved: 0.3, elements: 0.6, generator: 0.65, bound: 0.66, factor: 0.85, blocks: 0.05, dense: 0.1 },
  /** The basis of a symmetry sector, before the matrix in it; the tables of a spin operator, before they are copied. */
  basis: 0.2,
  tables: 0.9,
  /** The amplitudes of a state of several parts in their places, before products of them. */
  placed: 0.1,
  /**
   * A matrix in compressed rows, before its triangles are compared, and a list of entries, before they are added up. Measured (AMD EPYC,
   * Zen 4, Node 20, the fastest of five runs with a million entries at random places and order 200 000, 55 and 300 ms; of the list the
   * mean of typed arrays and plain ones).
   */
  csr: { indptr: 0.01, ascending: 0.02, indices: 0.07, data: 0.17, columns: 0.29 },
  coo: { row: 0.05, col: 0.12, rowPlaces: 0.13, places: 0.14, data: 0.18, sorted: 0.48 },
  /** Residuals of one matrix, where those of another of the same size may follow. */
  residuals: 0.5,
} as const;

/**
 * Multiplications of a reduced density matrix between two pauses, columns and rows of a product at least: with fewer columns the other
 * factor is packed again and again, with fewer rows the columns. TILES columns are whole tiles of every build, so that bits do not
 * depend on how many are done at a time. Half and double (AMD EPYC, Zen 4, Node 20, a busy machine, least processor time of ρ of one of two
 * sides of 1024, complex, 447 ms): of the first 0 and −3 %, of the least numbers together 0 and −4 %, all of it noise; a step takes 3 ms.
 */
export const TILES = 12;
export const DENSITY_STEP = 2 ** 24;
export const [LEAST_COLUMNS, LEAST_ROWS] = [16 * TILES, 24 * TILES];
/** Digits of configurations that are written as rows and columns between two pauses: 1.2 ms with 20 spins (as above). */
export const DIGITS = 2 ** 18;
/** Numbers that are divided or squared between two pauses: 5 ms, with memory that is touched first (as above). */
export const TURNED = 2 ** 17;
/**
 * Vectors whose overlaps with all others are taken at a time, of any length, for bits depend on it; and doubles of the vectors that
 * they meet in a step, 32 MiB, some 10 ms. Half and double (as above, all elements
 * of a chain between 400 vectors of length 4096, 116 ms): +19 and −14 % of the first, which decides bits; −5 % both of the second, noise.
 */
export const OVERLAP_COLUMNS = 16;
export const OVERLAPPED = 2 ** 22;
/**
 * Sites whose configurations follow one another in products of spins: a row of theirs and of two others stay in a first-level cache.
 * 8, 9, 11 and 12 take 3, 8, 4 and 6 % less (as above, 20 products with a chain of 16 spins at half filling and one with all of 18, 22 ms),
 * which is noise; the number decides bits.
 */
export const LOW_SITES = 10;
