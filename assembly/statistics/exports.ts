// Exports of this room; see assembly/index.ts.
export { gapRatio } from './levels';
export { meanAndError, meanSquare } from './sample';
