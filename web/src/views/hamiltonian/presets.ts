// Models to start from: their terms, and the sector and size at which there is something to be seen.
import type { Values } from '../../parts/params.js';

interface Preset {
  title: string;
  values: Values;
}

const anything = { up: 'half', momentum: 'any', reflection: 'any', flip: 'any' };

/** By a name; the first is what the view opens with. */
export const PRESETS: readonly Preset[] = [
  {
    title: 'Heisenberg ring in random fields',
    values: { terms: 'xx,yy,zz*1@ring;z*~3@each', sites: 10, ...anything },
  },
  {
    title: 'XXZ chain',
    values: { terms: 'xx,yy*1@chain;zz*0.6@chain', sites: 10, ...anything, reflection: 'even', flip: 'even' },
  },
  {
    title: 'Ising ring in a transverse field',
    values: { terms: 'zz*-4@ring;x*-2@each', sites: 9, ...anything, up: 'any', flip: 'any' },
  },
  {
    title: 'J1–J2 ring by momentum',
    values: { terms: 'xx,yy,zz*1@ring;xx,yy,zz*0.5@ring/2', sites: 12, ...anything, momentum: 'each' },
  },
];
