// Whether the avalanche runs, at the least cost that makes the answer certain: for ensembles of many lattices.
import { checkNumber, readOptions } from '../core/check.js';
import type { LatticeCouplings, LatticeOptions } from './couplings.js';
import type { LatticeMeanField, LatticeMeanFieldOptions } from './meanfield.js';
import type { LatticeModel } from './model.js';

export interface LatticeVerdict {
  /** η_tot of the least fixed point over the couplings that were resolved, nats. */
  etaTot: number;
  /** Bounds on η_tot over all couplings. */
  etaTotBounds: [number, number];
  avalanche: boolean;
  /** Both bounds give that verdict. */
  certain: boolean;
  /** Which computation decided: the resolved couplings alone, then with the small ones of the inner sites, then all. */
  stage: 'resolved' | 'inner' | 'full';
}

/** √(Σ|φ|²) that the first stage may leave unresolved: two looks that agree leave far less. */
const RESOLUTION = 1e-3;
const FINER = 1e-9;
/** Of small |φ| in the last stage: they decide, so that they are computed one by one where orbitals are localized. */
const RELATIVE = 1e-6;
/** η_tot (nats) below which an avalanche has probably failed: such stop at 14 log 2 or less. */
const QUIET = 20 * 0.6931471805599453;
/** Share of the radius whose sites the second stage adds, beyond the square root of the threshold. */
const SPARE = 0.06;

/** How the parts are computed: from src/lattice/api.ts. */
export interface VerdictNeeds {
  couplings(options: LatticeOptions): LatticeCouplings;
  /** Orbitals of the sites up to `limit` steps from the origin, or null where they are not localized enough. */
  inner(model: LatticeModel, limit: number): LatticeCouplings | null;
  meanField(couplings: LatticeCouplings, options: LatticeMeanFieldOptions): LatticeMeanField;
}

export function latticeVerdict(
  needs: VerdictNeeds,
  model: LatticeModel,
  options: LatticeMeanFieldOptions = {},
): LatticeVerdict {
  const given = readOptions<LatticeMeanFieldOptions>('options', options, ['g0', 'threshold']);
  const threshold = checkNumber('options.threshold', given.threshold ?? 0.5, { above: 0, max: 0.999 });
  const verdict = (couplings: LatticeCouplings, stage: LatticeVerdict['stage']): LatticeVerdict => {
    const { etaTot, etaTotBounds, avalanche, certain } = needs.meanField(couplings, given);
    return { etaTot, etaTotBounds, avalanche, certain, stage };
  };
  const first = verdict(needs.couplings({ ...model, resolution: RESOLUTION }), 'resolved');
  if (first.certain) return first;
  // A failed avalanche: what the first stage left open is the sum of many upper bounds, smaller with more steps.
  if (first.etaTotBounds[0] < QUIET) {
    const finer = verdict(needs.couplings({ ...model, resolution: FINER }), 'resolved');
    if (finer.certain) return finer;
  }
  const limit = Math.ceil((Math.sqrt(threshold) + SPARE) * model.radius);
  const inner = limit < model.radius ? needs.inner(model, limit) : null;
  if (inner) {
    const second = verdict(inner, 'inner');
    if (second.certain) return second;
  }
  return verdict(needs.couplings({ ...model, relative: RELATIVE }), 'full');
}
