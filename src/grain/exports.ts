// The functions of assembly/grain, as seen from here. Addresses are numbers; see the comments there.
export interface GrainExports {
  grainDiagonal(bits: number, fields: number, scale: number, shift: number, out: number): void;
  grainDense(dg: number, bits: number, grain: number, diag: number, flip: number, out: number): void;
  grainApply(
    dg: number,
    bits: number,
    lgp: number,
    grain: number,
    diag: number,
    flip: number,
    x: number,
    w: number,
    y: number,
    ld: number,
    beta: number,
    gamma: number,
  ): void;
  grainInterleave(dg: number, bits: number, lgp: number, columns: number, block: number, ld: number): void;
  grainDeinterleave(dg: number, bits: number, lgp: number, block: number, ld: number, columns: number): void;
  grainEntropies(
    dg: number,
    bits: number,
    count: number,
    z: number,
    entropy: number,
    sz: number,
    stride: number,
  ): void;
  splitByGrainSpin(dg: number, bits: number, z: number, even: number, odd: number): void;
  perturbativeNorms(r: number, energies: number, splitting: number, v: number, norms: number): void;
  shellCoupling(
    r: number,
    energies: number,
    splitting: number,
    v: number,
    first: number,
    last: number,
    width: number,
    out: number,
  ): void;
  gapRatio(count: number, levels: number): number;
  meanAndError(count: number, values: number, out: number): void;
  meanSquare(count: number, values: number): number;
  grainFilterWorkspace(dg: number, bits: number, columns: number): number;
  grainFilter(
    dg: number,
    bits: number,
    columns: number,
    grain: number,
    diag: number,
    flip: number,
    order: number,
    coefficients: number,
    block: number,
    work: number,
  ): void;
  grainMultiply(
    dg: number,
    bits: number,
    columns: number,
    grain: number,
    diag: number,
    flip: number,
    v: number,
    w: number,
  ): void;
  orthonormalize(d: number, columns: number, v: number, r: number): number;
  residualNorms(d: number, columns: number, w: number, z: number, energies: number, out: number): void;
  dot(n: number, x: number, y: number): number;
  gemmWorkspace(m: number, n: number, k: number): number;
  gemm(
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: number,
    rsa: number,
    csa: number,
    b: number,
    rsb: number,
    csb: number,
    beta: number,
    c: number,
    ldc: number,
    work: number,
  ): void;
}
