// The WebAssembly functions this room calls; arguments are addresses and sizes (assembly/eigen).
export interface LatticeExports {
  lanczosWorkspace(n: number): number;
  lanczosStart(n: number, origin: number, work: number): void;
  lanczos(
    n: number,
    k: number,
    v: number,
    a: number,
    b: number,
    norm: number,
    from: number,
    to: number,
    alpha: number,
    beta: number,
    work: number,
  ): number;
  resolveSpectrum(
    m: number,
    d: number,
    z: number,
    l: number,
    betaLast: number,
    tolerance: number,
    width: number,
    halo: number,
    negligible: number,
    rest: number,
  ): number;
  bandBytes(n: number, b: number): number;
  bandWorkspace(b: number): number;
  bandTridiagonalize(n: number, b: number, ab: number, d: number, e: number, y: number, work: number): void;
  golubWelsch(n: number, d: number, e: number, z: number, l: number): number;
  sortSpectrum(n: number, d: number, z: number, l: number): void;
  logVector(n: number, x: number, out: number): void;
  expVector(n: number, x: number, out: number): void;
  refineOrbitalWorkspace(n: number, k: number): number;
  refineOrbital(
    n: number,
    k: number,
    v: number,
    a: number,
    b: number,
    norm: number,
    origin: number,
    shift: number,
    out: number,
    work: number,
  ): number;
  windowWorkspace(radius: number, margin: number): number;
  localizedWorkspace(): number;
  localizedOrbitals(
    radius: number,
    t: number,
    v: number,
    us: number,
    vs: number,
    norm: number,
    same: number,
    small: number,
    inner: number,
    nearInner: number,
    nearOuter: number,
    far: number,
    wide: number,
    heavy: number,
    limit: number,
    from: number,
    to: number,
    pass: number,
    energies: number,
    peaks: number,
    phi0: number,
    scratch: number,
    work: number,
  ): number;
}
