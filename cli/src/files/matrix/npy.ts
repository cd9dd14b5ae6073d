// NumPy's .npy format (numpy.lib.format, versions 1.0–3.0): an array of any order and byte order in, doubles out.
import { InputError } from 'emft';
import { quoted } from '../text.js';
import { checkMatrixOrder, type Matrix, type OrderCheck, TOLERANCES } from './matrix.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Whether a file begins as one of this format does. */
export function isNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte);
}

/** NumPy itself writes a hundred bytes, and by default reads ten thousand. */
const LONGEST_HEADER = 2 ** 16;

interface Header {
  descr: string;
  fortranOrder: boolean;
  shape: number[];
  dataStart: number;
}

interface Type {
  size: number;
  precision: keyof typeof TOLERANCES;
  read(view: DataView, offset: number, little: boolean): number;
}

/** Integers beyond this are not all doubles; they become NaN and are refused. */
const EXACT = 2 ** 53;
const exact = (value: bigint) => (value > EXACT || value < -EXACT ? Number.NaN : Number(value));

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size =
    exponent === 31
      ? fraction === 0
        ? Number.POSITIVE_INFINITY
        : Number.NaN
      : exponent === 0
        ? fraction * 2 ** -24
        : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

/** By kind and size in bytes. */
const types: Readonly<Record<string, Type>> = {
  f8: { size: 8, precision: 'double', read: (v, o, le) => v.getFloat64(o, le) },
  f4: { size: 4, precision: 'single', read: (v, o, le) => v.getFloat32(o, le) },
  f2: { size: 2, precision: 'half', read: (v, o, le) => half(v.getUint16(o, le)) },
  i8: { size: 8, precision: 'exact', read: (v, o, le) => exact(v.getBigInt64(o, le)) },
  i4: { size: 4, precision: 'exact', read: (v, o, le) => v.getInt32(o, le) },
  i2: { size: 2, precision: 'exact', read: (v, o, le) => v.getInt16(o, le) },
  i1: { size: 1, precision: 'exact', read: (v, o) => v.getInt8(o) },
  u8: { size: 8, precision: 'exact', read: (v, o, le) => exact(v.getBigUint64(o, le)) },
  u4: { size: 4, precision: 'exact', read: (v, o, le) => v.getUint32(o, le) },
  u2: { size: 2, precision: 'exact', read: (v, o, le) => v.getUint16(o, le) },
  u1: { size: 1, precision: 'exact', read: (v, o) => v.getUint8(o) },
  b1: { size: 1, precision: 'exact', read: (v, o) => Number(v.getUint8(o) !== 0) },
};

interface Layout {
  n: number;
  type: Type;
  floating: boolean;
  little: boolean;
  fortranOrder: boolean;
  dataStart: number;
  end: number;
}

/** What a header says, checked as far as it goes without the data. */
function layoutOf(name: string, bytes: Uint8Array, check: OrderCheck): Layout {
  const { descr, fortranOrder, shape, dataStart } = parseHeader(name, bytes);
  const [, order, kind, digits] = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(descr) ?? [];
  const key = kind + digits;
  if (!Object.hasOwn(types, key))
    throw new InputError(name, `dtype ${quoted(descr)}: ${whyNot(kind, digits)}`);
  if (shape.length !== 2) {
    throw new InputError(name, `has ${shape.length} dimensions (${shape.join(', ')}), expected a matrix`);
  }
  const n = checkMatrixOrder(name, shape[0], shape[1]);
  check(n);
  const type = types[key];
  const end = dataStart + n * n * type.size;
  return { n, type, floating: kind === 'f', little: order !== '>', fortranOrder, dataStart, end };
}

function whyNot(kind: string | undefined, digits: string): string {
  const save = 'save it as float64';
  if (kind === 'c') {
    return 'complex matrices are not supported yet; one whose imaginary parts are 0 can be saved as a.real';
  }
  if (kind === 'g' || (kind === 'f' && Number(digits) > 8))
    return `more than double precision is not supported; ${save}`;
  return "that type is not supported; expected real numbers such as '<f8'";
}

/** How long a file is whose beginning this is, if that can be told; throws where `parseNpy` would. */
export function npyLength(name: string, head: Uint8Array, check: OrderCheck): number | undefined {
  const version1 = head[6] === 1;
  if (head.length < 12) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const dataStart = version1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
  return dataStart > head.length ? undefined : layoutOf(name, head, check).end;
}

/** Reads a square matrix; `name` stands for the file in messages. */
export function parseNpy(name: string, bytes: Uint8Array, check: OrderCheck = () => {}): Matrix {
  const { n, type, floating, little, fortranOrder, dataStart, end } = layoutOf(name, bytes, check);
  const { size, precision, read } = type;
  const missing = end - bytes.length;
  if (missing !== 0) {
    throw new InputError(
      name,
      missing > 0
        ? `is truncated: ${missing} of ${n * n * size} bytes of data are missing`
        : `has ${-missing} bytes after the data of a ${n} × ${n} matrix`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart);
  const a = new Float64Array(n * n);
  for (let j = 0, offset = 0; j < n; ++j) {
    for (let i = 0; i < n; ++i, offset += size) {
      const x = read(view, offset, little);
      const [row, column] = fortranOrder ? [i, j] : [j, i];
      if (!Number.isFinite(x)) {
        const what = floating ? `is ${x}` : 'is an integer beyond 2^53, which a double may not hold';
        throw new InputError(name, `element (${row}, ${column}), counted from 0, ${what}`);
      }
      a[row + column * n] = x;
    }
  }
  return { n, a, tolerance: TOLERANCES[precision] };
}

function parseHeader(name: string, bytes: Uint8Array): Header {
  if (bytes.length < 10 || !isNpy(bytes)) {
    throw new InputError(name, 'is not a .npy file: it does not begin with the bytes \\x93NUMPY');
  }
  const major = bytes[6];
  if (major < 1 || major > 3) throw new InputError(name, `.npy version ${major} is not known; 1 to 3 are`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? view.getUint16(8, true) : bytes.length < 12 ? 0 : view.getUint32(8, true);
  if (start + length > bytes.length) throw new InputError(name, 'is truncated within its header');
  if (length > LONGEST_HEADER)
    throw new InputError(name, `has a header of ${length} bytes, more than ${LONGEST_HEADER}`);
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
