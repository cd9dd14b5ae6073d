// Exports of this room; see assembly/index.ts.
export { goe } from './goe';
export { normals, normalsWorkspace } from './normal';
export { philox4x32 } from './philox';
export { uniforms, uniformsWorkspace } from './uniform';
