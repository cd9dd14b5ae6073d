// The functions of assembly/eigen: the drivers that this room calls, and the phases that benchmarks and tests call alone.

export interface EigenExports {
  symmetricEigenWorkspace(n: number, method: number, vectors: number): number;
  symmetricEigenStart(
    n: number,
    a: number,
    upper: number,
    method: number,
    d: number,
    z: number,
    work: number,
  ): void;
  symmetricEigenSelect(byValue: number, lo: number, hi: number, work: number): void;
  symmetricEigenStep(work: number, budget: number): number;
  symmetricEigenFinish(work: number): number;
  symmetricEigenProgress(work: number): number;
  symmetricEigenBatch(
    n: number,
    count: number,
    a: number,
    upper: number,
    method: number,
    d: number,
    z: number,
    statuses: number,
    work: number,
  ): number;
}

/** The phases of a decomposition. Matrices are column-major; every address is of doubles, `work` of bytes. */
export interface EigenPhases {
  tridiagonalizeWorkspace(n: number): number;
  tridiagonalize(n: number, a: number, lda: number, d: number, e: number, tau: number, work: number): void;
  tridiagonalDivideAndConquerWorkspace(n: number, cutoff: number): number;
  tridiagonalDivideAndConquer(
    n: number,
    d: number,
    e: number,
    z: number,
    ldz: number,
    work: number,
    cutoff: number,
  ): number;
  tridiagonalDivideAndConquerRange(
    n: number,
    d: number,
    e: number,
    z: number,
    ldz: number,
    first: number,
    last: number,
    work: number,
    cutoff: number,
  ): number;
  tridiagonalQrWorkspace(n: number, vectors: number): number;
  tridiagonalQr(
    n: number,
    d: number,
    e: number,
    z: number,
    ldz: number,
    rows: number,
    vectors: number,
    work: number,
    maxIterations: number,
  ): number;
  tridiagonalEigenvalues(n: number, d: number, e: number, work: number, maxIterations: number): number;
  backTransformWorkspace(n: number, m: number): number;
  backTransform(
    n: number,
    m: number,
    a: number,
    lda: number,
    tau: number,
    z: number,
    ldz: number,
    work: number,
  ): void;
}

/** Numbers of the methods in assembly/eigen/symmetric.ts. */
export const methodNumber = { qr: 0, jacobi: 1, dc: 2 } as const;

/** What `symmetricEigenStep` returns while there is more to do. */
export const MORE = -1;
