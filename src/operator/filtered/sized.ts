// Where every search inside a spectrum begins: an operator of any size is brought to size 1, and the ends of its spectrum are found.
import type { Runtime } from '../../wasm/runtime.js';
import type { Steps } from '../../wasm/steps.js';
import { inUnit } from '../compose.js';
import type { Computed } from '../compute.js';
import { cancellingSteps } from '../size.js';
import { unitOf } from '../unit.js';
import { type Bounds, type SpectrumScale, scaleOf, spectrumBounds, UNKNOWN } from './bounds.js';

interface Sized {
  /** 2^unit · H, of size about 1. */
  computed: Computed;
  unit: number;
  /** Of 2^unit · H, as is the scale. */
  bounds: Bounds;
  scale: SpectrumScale;
}

/** `reserve` makes sure that there is room for what follows, before the first products. */
export function* sized(
  runtime: Runtime,
  given: Computed,
  reserve?: (computed: Computed) => void,
): Steps<Sized> {
  const unit = unitOf(runtime, given);
  const computed = inUnit(given, unit);
  reserve?.(computed);
  const parts = yield* cancellingSteps(runtime, given, unit, given.complex);
  const bounds = yield* spectrumBounds(runtime, computed, UNKNOWN, parts);
  return { computed, unit, bounds, scale: scaleOf(bounds) };
}
