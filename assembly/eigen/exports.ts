// Exports of this room; see assembly/index.ts.
export {};
