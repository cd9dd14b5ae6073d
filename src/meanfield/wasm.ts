// The room's WebAssembly functions (assembly/meanfield, assembly/special), as declared in AssemblyScript.
export interface MeanFieldExports {
  besselKVector(n: number, order: number, scaled: number, x: number, y: number): void;
  mixingVector(n: number, g: number, out: number): void;
  responseQuadratureWorkspace(): number;
  responseQuadrature(n: number, g: number, out: number, work: number): void;
}
