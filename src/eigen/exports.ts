// The functions of assembly/eigen that this room calls.

export interface EigenExports {
  symmetricEigenWorkspace(n: number, method: number, vectors: number): number;
  symmetricEigen(
    n: number,
    a: number,
    upper: number,
    method: number,
    vectors: number,
    d: number,
    z: number,
    work: number,
  ): number;
  symmetricEigenBatch(
    n: number,
    count: number,
    a: number,
    upper: number,
    method: number,
    vectors: number,
    d: number,
    z: number,
    statuses: number,
    work: number,
  ): number;
  symmetricEigenStepsWorkspace(n: number, vectors: number): number;
  symmetricEigenStart(n: number, a: number, upper: number, d: number, z: number, work: number): void;
  symmetricEigenStep(work: number): number;
  symmetricEigenProgress(work: number): number;
  symmetricEigenRangeWorkspace(n: number, vectors: number): number;
  symmetricEigenRange(
    n: number,
    a: number,
    upper: number,
    byValue: number,
    lo: number,
    hi: number,
    vectors: number,
    d: number,
    z: number,
    work: number,
  ): number;
}

/** Numbers of the methods in assembly/eigen/symmetric.ts. */
export const methodNumber = { qr: 0, jacobi: 1, dc: 2 } as const;

/** What `symmetricEigenStep` returns while there is more to do. */
export const MORE = -1;
