// What a build is: the host asks before it relies on it.

/** Version of the package whose TypeScript goes with it, major · 10⁶ + minor · 10³ + patch. */
export const VERSION: i32 = 1000;

/** Traits of a build: it runs over shared memory, it fuses multiply-add, it has all rooms. */
export const SHARED: i32 = 1;
export const RELAXED: i32 = 2;
export const WHOLE: i32 = 4;

export function traits(whole: bool): i32 {
  return (ASC_FEATURE_THREADS ? SHARED : 0) | (ASC_FEATURE_RELAXED_SIMD ? RELAXED : 0) | (whole ? WHOLE : 0);
}

/** First byte above static data: the heap of src/wasm starts here. */
export function heapBase(): usize {
  return __heap_base;
}

/** Version of the package that a build belongs to. */
export function buildVersion(): i32 {
  return VERSION;
}
