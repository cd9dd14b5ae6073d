// The second matrix of A x = λ B x, A B x = λ x and B A x = λ x: its options, its memory, and the driver that takes both.
import type { Arena } from '../wasm/arena.js';
import { checkInteger, show } from '../wasm/check.js';
import { NOT_DEFINITE, RECORD_FAILED, RECORD_PIVOT } from '../wasm/constants.js';
import { InputError } from '../wasm/errors.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { METHODS, type Method } from './methods.js';
import type { EighOptions } from './types.js';

/** The options that name it. */
export const PENCIL_KEYS = ['b', 'itype'] as const;

/** B, checked, and which problem is meant, as LAPACK counts them. */
export interface Pencil {
  b: Float64Array;
  itype: number;
}

/** The check of a result knows one matrix. */
export function refuseVerify(verify: boolean): void {
  if (!verify) return;
  throw new InputError(
    ['options', 'verify'],
    'checks A x = λ x: with options.b it has to be left out or false',
  );
}

/** The number of the problem; it may be given only with a B. */
export function checkItype(itype: unknown, two: boolean): number {
  if (two || itype === undefined) return checkInteger(['options', 'itype'], itype ?? 1, { min: 1, max: 3 });
  throw new InputError(
    ['options', 'itype'],
    `says what is done with options.b, which is missing: got ${show(itype)}`,
  );
}

/** `check` looks at the triangle of B that is read, as at that of A. */
export function checkPencil(
  { b, itype, verify }: EighOptions,
  check: (b: unknown) => Float64Array,
): Pencil | undefined {
  if (b === undefined && itype === undefined) return undefined;
  const problem = checkItype(itype, b !== undefined);
  if (b === undefined) return undefined;
  refuseVerify(verify === true);
  return { b: check(b), itype: problem };
}

/** Bytes of the workspace with B. */
export function pencilBytes(
  { wasm }: EigenRuntime,
  n: number,
  method: Method,
  vectors: boolean,
  complex: boolean,
): number {
  return wasm.generalizedEigenWorkspace(n, METHODS[method].number, vectors, complex) >>> 0;
}

/** Matrices, results and workspace of a decomposition with B, at addresses. */
interface PencilAt {
  a: number;
  b: number;
  values: number;
  vectors: number;
  work: number;
}

/** What is to be computed, of `Plan`. */
interface PencilPlan {
  method: Method;
  upper: boolean;
  selection?: { byValue: boolean; lo: number; hi: number };
}

/** Starts the decomposition; both matrices are destroyed. */
export function startPencil(
  { wasm }: EigenRuntime,
  n: number,
  itype: number,
  complex: boolean,
  { method, upper, selection }: PencilPlan,
  { a, b, values, vectors, work }: PencilAt,
): void {
  const number = METHODS[method].number;
  wasm.generalizedEigenStart(n, a, b, complex, itype, upper, number, values, vectors, work);
  if (selection) wasm.generalizedEigenSelect(selection.byValue, selection.lo, selection.hi, work);
}

/** Throws when the driver whose record is at `work` returned that B is not positive definite. */
export function checkDefinite(arena: Arena, work: number, status: number): void {
  if (status !== NOT_DEFINITE) return;
  const [k] = arena.viewI32(work + RECORD_FAILED, 1);
  const [pivot] = arena.view(work + RECORD_PIVOT, 1);
  throw new InputError(
    ['options', 'b'],
    `expected a positive definite matrix, but pivot (${k}, ${k}) of its Cholesky factorization is ${pivot}`,
  );
}
