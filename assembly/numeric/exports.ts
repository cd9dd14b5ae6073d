// Exports of this room; see assembly/index.ts.
export { expVector, logVector } from './logVectors';
export { phases } from './phases';
