// Exports of this room; see assembly/index.ts.

export { heapSort as sortSpectrum } from '../numeric/sort';
export { assignStart, assignWorkspace } from './assignment';
export { golubWelschStart, golubWelschWorkspace } from './golubWelsch';
export { lanczosContinue, lanczosStart, lanczosWorkspace } from './lanczos';
export { localizedWorkspace } from './localization';
export { localizedLattice, localizedStart } from './localized';
export { mixingErrors } from './mixing';
export { refineOrbital, refineOrbitalWorkspace } from './refineOrbital';
export { resolveSpectrum } from './ritz';
