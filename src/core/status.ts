// Status codes of the WebAssembly drivers (assembly/status.ts), and how they become errors.
import { ConvergenceError, EmftError } from './errors.js';

export const Status = { ok: 0, notConverged: 1, aborted: 2 } as const;

/** Throws for every status but `ok`; `what` names the computation in the message. */
export function checkStatus(status: number, what: string): void {
  if (status === Status.ok) return;
  if (status === Status.notConverged) throw new ConvergenceError(`${what} did not converge`);
  if (status === Status.aborted) throw new DOMException(`${what} was aborted`, 'AbortError');
  throw new EmftError(`${what}: internal error, status ${status}`);
}
