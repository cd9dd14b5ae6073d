// Exports of this room; see assembly/index.ts.

export { heapSort as sortSpectrum } from '../numeric/sort';
export { assign, assignWorkspace } from './assignment';
export { golubWelsch } from './golubWelsch';
export { lanczos, lanczosStart, lanczosWorkspace, resolveSpectrum } from './lanczos';
export { localizedLattice, localizedOrbitals, localizedWindows, localizedWorkspace } from './localized';
export { refineOrbital, refineOrbitalWorkspace } from './refineOrbital';
