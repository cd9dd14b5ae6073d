// Exports of this room; see assembly/index.ts.
export { mixingVector } from "./mixing";
export { responseQuadrature, responseQuadratureWorkspace } from "./quadrature";
