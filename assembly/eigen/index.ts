// The exported surface of emft/eigen: the drivers for dense symmetric matrices alone.
export {
  symmetricEigenFinish,
  symmetricEigenProgress,
  symmetricEigenSelect,
  symmetricEigenStart,
  symmetricEigenStep,
  symmetricEigenWorkspace,
} from "./symmetric";
export { accuracyProgress, accuracyStart, accuracyStep, accuracyWorkspace } from "./accuracy";
export { symmetricEigenBatch } from "./symmetricBatch";

/** First byte above static data: the arena of src/core starts here. */
export function heapBase(): usize {
  return __heap_base;
}
