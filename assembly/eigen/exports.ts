// Exports of this room; see assembly/index.ts.
export { tridiagonalize, tridiagonalizeWorkspace } from "./tridiagonalize";
export { backTransform, backTransformWorkspace } from "./backTransform";
