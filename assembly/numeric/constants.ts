// Constants of double-precision arithmetic, each defined once.

/** Unit roundoff 2⁻⁵³: the largest relative error of one rounding (LAPACK's eps). */
export const EPS: f64 = 1.1102230246251565e-16;
export const EPS2: f64 = EPS * EPS;
/** 2⁻⁵², the distance from 1 to the next double. */
export const ULP: f64 = 2 * EPS;
/** The smallest normal number, 2⁻¹⁰²². */
export const SAFE_MIN: f64 = 2.2250738585072014e-308;
/** The smallest positive double, 2⁻¹⁰⁷⁴. */
export const QUANTUM: f64 = 5e-324;
/** log 2, and the rounding error of that double. */
export const LOG2: f64 = 0.6931471805599453;
export const LOG2_LO: f64 = 2.3190468138462996e-17;
/** π/2 and 2π. */
export const HALF_PI: f64 = 1.5707963267948966;
export const TWO_PI: f64 = 6.283185307179586;
