// NumPy's .npy format (numpy.lib.format, versions 1.0–3.0): an array of any order and byte order in, doubles out.
import { InputError } from '../../core/errors.js';
import { checkMatrixOrder, type Matrix, type OrderCheck } from './matrix.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

interface Header {
  descr: string;
  fortranOrder: boolean;
  shape: number[];
  dataStart: number;
}

type Reader = (view: DataView, offset: number, little: boolean) => number;

const exact = (value: bigint) => {
  const x = Number(value);
  return BigInt(x) === value ? x : Number.NaN;
};

/** By kind and size in bytes; 64-bit integers that a double cannot hold become NaN and are refused. */
const readers: Record<string, Reader> = {
  f8: (v, o, le) => v.getFloat64(o, le),
  f4: (v, o, le) => v.getFloat32(o, le),
  i8: (v, o, le) => exact(v.getBigInt64(o, le)),
  i4: (v, o, le) => v.getInt32(o, le),
  i2: (v, o, le) => v.getInt16(o, le),
  i1: (v, o) => v.getInt8(o),
  u8: (v, o, le) => exact(v.getBigUint64(o, le)),
  u4: (v, o, le) => v.getUint32(o, le),
  u2: (v, o, le) => v.getUint16(o, le),
  u1: (v, o) => v.getUint8(o),
  b1: (v, o) => v.getUint8(o),
};

/** Reads a square matrix; `name` stands for the file in messages. */
export function parseNpy(name: string, bytes: Uint8Array, check: OrderCheck = () => {}): Matrix {
  const { descr, fortranOrder, shape, dataStart } = parseHeader(name, bytes);
  const type = /^([<>|=])([a-zA-Z])(\d+)$/.exec(descr);
  const read = type && readers[type[2] + type[3]];
  if (!read) {
    const why = type?.[2] === 'c' ? 'complex matrices are not supported' : 'that type is not supported';
    throw new InputError(name, `dtype '${descr}': ${why}; expected real numbers such as '<f8'`);
  }
  if (shape.length !== 2) {
    throw new InputError(name, `has ${shape.length} dimensions (${shape.join(', ')}), expected a matrix`);
  }
  const n = checkMatrixOrder(name, shape[0], shape[1]);
  check(n);
  const size = Number(type[3]);
  const missing = dataStart + n * n * size - bytes.length;
  if (missing !== 0) {
    throw new InputError(
      name,
      missing > 0
        ? `is truncated: ${missing} of ${n * n * size} bytes of data are missing`
        : `has ${-missing} bytes after the data of a ${n} × ${n} matrix`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart);
  const little = type[1] !== '>';
  const a = new Float64Array(n * n);
  for (let j = 0, offset = 0; j < n; ++j) {
    for (let i = 0; i < n; ++i, offset += size) {
      const x = read(view, offset, little);
      const [row, column] = fortranOrder ? [i, j] : [j, i];
      if (!Number.isFinite(x)) {
        const what = type[2] === 'f' ? `is ${x}` : 'is an integer that a double cannot hold';
        throw new InputError(name, `element (${row}, ${column}), counted from 0, ${what}`);
      }
      a[row + column * n] = x;
    }
  }
  return { n, a };
}

function parseHeader(name: string, bytes: Uint8Array): Header {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new InputError(name, 'is not a .npy file: it does not begin with the bytes \\x93NUMPY');
  }
  const major = bytes[6];
  if (major < 1 || major > 3) throw new InputError(name, `.npy version ${major} is not known; 1 to 3 are`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : bytes.length < 12 ? 0 : view.getUint32(8, true);
  if (start + length > bytes.length) throw new InputError(name, 'is truncated within its header');
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(start, start + length),
  );
  const descr = /['"]descr['"]\s*:\s*(?:'([^']*)'|"([^"]*)"|(\[))/.exec(text);
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text);
  const shape = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(text);
  if (descr?.[3]) throw new InputError(name, 'holds records (a structured dtype), expected real numbers');
  if (!descr || !order || !shape) {
    throw new InputError(name, 'has a header without readable descr, fortran_order and shape');
  }
  return {
    descr: descr[1] ?? descr[2],
    fortranOrder: order[1] === 'True',
    shape: shape[1].split(',').flatMap((s) => (s.trim() ? [Number.parseInt(s, 10)] : [])),
    dataStart: start + length,
  };
}

/** A column-major rows × columns matrix of doubles as a .npy file, version 1.0, in Fortran order. */
export function encodeNpy(a: Float64Array, rows: number, columns: number): Uint8Array {
  const dict = `{'descr': '<f8', 'fortran_order': True, 'shape': (${rows}, ${columns}), }`;
  const header = `${dict.padEnd(64 * Math.ceil((dict.length + 11) / 64) - 11)}\n`;
  const bytes = new Uint8Array(10 + header.length + 8 * a.length);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, 1, 0]);
  view.setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), 10);
  for (let i = 0; i < a.length; ++i) view.setFloat64(10 + header.length + 8 * i, a[i], true);
  return bytes;
}
