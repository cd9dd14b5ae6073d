// The kind that computes an experiment: of the registry, or, where its files have a section [model], made for that model.

import type { SweepKind } from './kind.js';
import { sweepKinds } from './kinds/index.js';

/** The kind with everything that its model names. */
export function kindOf({ compute, model }: { compute: string; model?: unknown }): SweepKind {
  const kind = sweepKinds[compute];
  return kind.model && model !== undefined ? kind.model.kindOf(model) : kind;
}
