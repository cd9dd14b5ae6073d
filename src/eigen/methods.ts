// The methods of eigh. Whatever has to know of methods, types, checks, the command line, tests, benchmarks, reads this table.
import { METHOD_DC, METHOD_JACOBI, METHOD_QR } from '../wasm/constants.js';

/** Divide and conquer, implicit QR, Jacobi rotations, or what is fastest for the size. */
export type EighMethod = 'auto' | 'dc' | 'qr' | 'jacobi';

/** One that computes. */
export type Method = Exclude<EighMethod, 'auto'>;

/** What there is to know of a method. */
export interface MethodTraits {
  /** Its number in assembly/eigen. */
  number: number;
  /** What it is called in print. */
  title: string;
  /** Whether it computes a part of the spectrum at less than the cost of all. */
  ranges: boolean;
  /** Whether it works on the matrix itself, not on a tridiagonal form: a band is then spread out to a whole matrix. */
  whole: boolean;
  /** Matrices of order n in its workspace when vectors are wanted. */
  squares: number;
}

/** Methods by name, the one for large matrices first. */
export const METHODS: Readonly<Record<Method, MethodTraits>> = {
  dc: { number: METHOD_DC, title: 'divide and conquer', ranges: true, whole: false, squares: 1 },
  qr: { number: METHOD_QR, title: 'QR', ranges: true, whole: false, squares: 0 },
  jacobi: { number: METHOD_JACOBI, title: 'Jacobi', ranges: false, whole: true, squares: 0 },
};

/** Their names, in the order of the table. */
export const methodNames = Object.keys(METHODS) as Method[];

/** The names of those that compute a part of the spectrum. */
export const rangeMethods = methodNames.filter((name) => METHODS[name].ranges);
