// The methods of eigh, and their numbers in assembly/eigen.
import { METHOD_DC, METHOD_JACOBI, METHOD_QR } from '../wasm/constants.js';

export const methodNumber = { qr: METHOD_QR, jacobi: METHOD_JACOBI, dc: METHOD_DC } as const;

export type Method = keyof typeof methodNumber;
