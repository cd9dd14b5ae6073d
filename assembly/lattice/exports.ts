// Exports of this room; see assembly/index.ts.
export { golubWelsch, sortSpectrum } from "./golubWelsch";
export { lanczos, lanczosStart, lanczosWorkspace, resolveSpectrum } from "./lanczos";
export { windowWorkspace } from "./localOrbital";
export { refineOrbital, refineOrbitalWorkspace } from "./refineOrbital";
export { localizedOrbitals, localizedWorkspace } from "./localized";
export { assign, assignWorkspace } from "./assignment";
