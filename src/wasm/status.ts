// Status codes of the WebAssembly drivers (assembly/status.ts), and how they become errors.
import { NOT_CONVERGED, OK } from './constants.js';
import { ConvergenceError, EmftError } from './errors.js';

export const Status = { ok: OK, notConverged: NOT_CONVERGED } as const;

/** Throws for every status but `ok`; `what` names the computation in the message. */
export function checkStatus(status: number, what: string): void {
  if (status === Status.ok) return;
  if (status === Status.notConverged) throw new ConvergenceError(`${what} did not converge`);
  throw new EmftError(`${what}: internal error, status ${status}`);
}
