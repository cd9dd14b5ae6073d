// Recomputes the named computations and compares their hashes with the published ones.
import type { Core } from 'emft';
import { computations, hash } from './computations.js';
import { published } from './published.js';

interface Verified {
  name: string;
  hash: string;
  /** null for a computation that has no published hash. */
  published: string | null;
  same: boolean;
}

/** One entry a computation, in their order; `onResult` is called with each as it is there. */
export async function verify(
  core: Core,
  onResult: (result: Verified) => Promise<void> | void = () => {},
): Promise<Verified[]> {
  const results: Verified[] = [];
  for (const [name, compute] of Object.entries(computations)) {
    const found = await hash(compute(core));
    const expected = published[name] ?? null;
    const result = { name, hash: found, published: expected, same: found === expected };
    results.push(result);
    await onResult(result);
  }
  return results;
}
