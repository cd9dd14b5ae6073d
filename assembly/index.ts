// The exported surface: flat functions of pointers and sizes that return a status code.
// Each room lists its exports in its own exports.ts.
export * from "./eigen/exports";
export * from "./grain/exports";
export * from "./kernel/exports";
export * from "./lattice/exports";
export * from "./meanfield/exports";
export * from "./random/exports";
export * from "./special/exports";

/** First byte above static data: the arena of src/core starts here. */
export function heapBase(): usize {
  return __heap_base;
}
