// The arguments of lattices with several grains, checked once.
import { checkMerging, MAX_GRAINS, MERGING_KEYS } from '../meanfield/grainsArguments.js';
import { checkInteger, checkNumber, type Name, readList, readOptions, show, within } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { checkGiven, MODEL_KEYS } from './arguments.js';
import type { GrainsOnLattice, LatticeGrainsOptions } from './manyGrains.js';
import { siteCount } from './model.js';
import { latticeRanges } from './ranges.js';

/** A site within `radius` steps of the origin. */
function checkSite(name: Name, given: unknown, radius: number): readonly [number, number] {
  const list = readList(name, given);
  if (list?.length !== 2) throw new InputError(name, `expected two whole numbers, got ${show(given)}`);
  const [n1, n2] = Array.from(list, (x: unknown, i) =>
    checkInteger(within(name, i), x, { min: -radius, max: radius }),
  );
  if (Math.abs(n1) + Math.abs(n2) > radius) {
    throw new InputError(name, `expected a site with |n1| + |n2| ≤ ${radius}, got ${n1}, ${n2}`);
  }
  return [n1, n2];
}

function checkSites(name: Name, given: unknown, radius: number) {
  const list = readList(name, given);
  const most = Math.min(siteCount(radius), MAX_GRAINS);
  if (!list || list.length === 0 || list.length > most) {
    throw new InputError(
      name,
      `expected 1 to ${most} sites [n1, n2], got ${list ? list.length : show(given)}`,
    );
  }
  const grains = Array.from(list, (site: unknown, i) => checkSite(within(name, i), site, radius));
  const seen = new Map<string, number>();
  grains.forEach((site, i) => {
    const first = seen.get(site.join());
    if (first !== undefined) throw new InputError(within(name, i), `is the site of grain ${first} too`);
    seen.set(site.join(), i);
  });
  return grains;
}

export function checkLatticeGrains(options: LatticeGrainsOptions): GrainsOnLattice {
  if (options === undefined) {
    throw new InputError('options', 'expected an object with radius, strength and grains');
  }
  const { grains, g0, threshold, dg, merge, ratio, grain, ...given } = readOptions<LatticeGrainsOptions>(
    'options',
    options,
    [...MODEL_KEYS, ...MERGING_KEYS, 'grains', 'g0', 'threshold'],
  );
  checkInteger(['options', 'radius'], given.radius, latticeRanges.denseRadius);
  const model = checkGiven('options', given);
  const sites = checkSites(['options', 'grains'], grains, model.radius);
  return {
    model,
    grains: sites,
    merging: checkMerging('options', { dg, merge, ratio, grain }, sites.length),
    g0: checkNumber(['options', 'g0'], g0 ?? 1, latticeRanges.g0),
    threshold: checkNumber(['options', 'threshold'], threshold ?? 0.5, latticeRanges.threshold),
  };
}
