// Exports of this room; see assembly/index.ts.
export { goe } from './goe';
export { normals, normalsWorkspace } from './normal';
export { uniforms, uniformsWorkspace } from './uniform';
