// The room's WebAssembly functions (assembly/meanfield, assembly/special), as declared in AssemblyScript.
// Pointers are byte addresses; columns and layouts are described there.
export interface MeanFieldExports {
  besselKVector(n: number, order: number, scaled: number, x: number, y: number): void;
  mixingVector(n: number, g: number, out: number): void;
  distributionVector(n: number, x: number, out: number): void;
  entropyDensityVector(n: number, g: number, s: number, out: number): void;
  logVector(n: number, g: number, u: number): void;
  expVector(n: number, u: number, g: number): void;
  responseQuadratureWorkspace(): number;
  responseQuadrature(n: number, g: number, out: number, work: number): void;
  etaFit(n: number, g: number, out: number): void;
  responseFit(n: number, u: number, out: number): void;
  responseComplementsFit(n: number, u: number, out: number): void;
  spinsAt(n: number, bare: number, t: number, u: number): void;
  iterateWorkspace(n: number): number;
  iterate(
    n: number,
    bare: number,
    tolerance: number,
    maxIterations: number,
    u: number,
    out: number,
    work: number,
  ): number;
  rootsWorkspace(n: number): number;
  leastRoot(
    kind: number,
    n: number,
    bare: number,
    weight: number,
    maxEvaluations: number,
    out: number,
    work: number,
  ): number;
  allRoots(
    kind: number,
    n: number,
    bare: number,
    weight: number,
    maxEvaluations: number,
    capacity: number,
    out: number,
    work: number,
  ): number;
  symmetricFolds(n: number, out: number): number;
}

/** `kind` of the scalar map: every spin feels all the others (11), or all spins (21). */
export const MapKind = { psi: 0, eta: 1 } as const;
