// Fig. 5(a): quasiperiodic lattices. Above W_th no phase offset has an avalanche, whatever the size.
import { fractionData } from '../avalancheFraction.js';

export const data = fractionData('5a', {
  title: 'Fig. 5(a) Avalanches in quasiperiodic lattices',
  ends: ['every', 'some'],
});
