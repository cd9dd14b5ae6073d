// Exports of this room; see assembly/index.ts.
export { besselKVector } from './bessel';
export { besselOrders } from './besselOrders';
