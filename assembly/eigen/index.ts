// The exported surface of emft/eigen: the drivers for dense symmetric matrices alone.
export { symmetricEigen, symmetricEigenWorkspace } from "./symmetric";
export { symmetricEigenBatch } from "./symmetricBatch";
export { symmetricEigenRange, symmetricEigenRangeWorkspace } from "./symmetricRange";
export {
  symmetricEigenProgress,
  symmetricEigenStart,
  symmetricEigenStep,
  symmetricEigenStepsWorkspace,
} from "./symmetricSteps";

/** First byte above static data: the arena of src/core starts here. */
export function heapBase(): usize {
  return __heap_base;
}
