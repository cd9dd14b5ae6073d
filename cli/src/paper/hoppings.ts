// The two readings of Figs. 4 and 5: hopping 0.41, with which the paper's numbers come out, and hopping 1, as printed. The
// experiment files list both; a figure takes the part of its reading. Only W/t enters the orbitals.
import type { Experiment } from '../sweeps/experiment.js';
import { valuesOf } from './example.js';
import type { Reading } from './figure.js';

export const PRINTED_HOPPING = 1;
/** The J₁ of the paper's Sec. VI: docs/readings.md. */
const READ_HOPPING = 0.41;

export const hoppings: readonly Reading[] = [
  {
    name: 'hopping-0.41',
    label: `hopping ${READ_HOPPING} (the paper’s numbers); printed is ${PRINTED_HOPPING}`,
    parameters: { hopping: READ_HOPPING },
  },
  {
    name: 'printed',
    label: `as printed, hopping ${PRINTED_HOPPING}`,
    parameters: { hopping: PRINTED_HOPPING },
  },
];

export function hoppingOf(reading?: Reading): number {
  return (reading ?? hoppings[0]).parameters.hopping as number;
}

/** The experiment at one of the hoppings that it lists. */
export function atHopping(experiment: Experiment, hopping: number): Experiment {
  if (!valuesOf(experiment, 'hopping').includes(hopping))
    throw new Error(`an example has no hopping ${hopping}`);
  const ensembles = experiment.ensembles.map((e) => ({ ...e, axes: { ...e.axes, hopping: [hopping] } }));
  return { ...experiment, ensembles };
}
