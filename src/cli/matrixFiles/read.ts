// A symmetric matrix from a file, by the file's ending.
import { extname } from 'node:path';
import { InputError } from '../../core/errors.js';
import { readInput } from '../inputFile.js';
import { type Matrix, type OrderCheck, symmetrize } from './matrix.js';
import { parseMatrixMarket } from './matrixMarket.js';
import { parseNpy } from './npy.js';

const parsers: Record<string, (name: string, bytes: Uint8Array, check?: OrderCheck) => Matrix> = {
  '.npy': parseNpy,
  '.mtx': (name, bytes, check) => parseMatrixMarket(name, new TextDecoder('utf-8').decode(bytes), check),
};

/** `check` is told of the order before memory is taken for the matrix. */
export async function readSymmetricMatrix(path: string, check?: OrderCheck): Promise<Matrix> {
  const parse = parsers[extname(path).toLowerCase()];
  if (!parse) throw new InputError(path, `expected a file that ends in ${Object.keys(parsers).join(' or ')}`);
  const matrix = parse(path, await readInput(path), check);
  symmetrize(path, matrix);
  return matrix;
}
