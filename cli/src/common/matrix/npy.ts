// NumPy's .npy format (numpy.lib.format, versions 1.0–3.0): an array of any order and byte order in, doubles out.
import { InputError, quoted } from 'emft/check';
import { checkLast } from './columns.js';
import {
  checkMatrixOrder,
  checkTridiagonalOrder,
  type Kind,
  type Matrix,
  type OrderCheck,
  TOLERANCES,
} from './matrix.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Whether a file begins like one of this format. */
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
  /** Bytes of an element, or of one part of a complex element. */
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

/** Types by kind and size in bytes. */
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

/** The type of the parts of a complex type. */
const parts: Readonly<Record<string, string>> = { c16: 'f8', c8: 'f4' };

interface Layout {
  kind: Kind;
  n: number;
  type: Type;
  floating: boolean;
  little: boolean;
  fortranOrder: boolean;
  dataStart: number;
  end: number;
}

/** The contents of a header, checked as far as possible without the data. */
function layoutOf(name: string, bytes: Uint8Array, check: OrderCheck): Layout {
  const { descr, fortranOrder, shape, dataStart } = parseHeader(name, bytes);
  const [, order, kind, digits] = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(descr) ?? [];
  const complex = Object.hasOwn(parts, kind + digits);
  const key = complex ? parts[kind + digits] : kind + digits;
  if (!Object.hasOwn(types, key))
    throw new InputError(name, `dtype ${quoted(descr)}: ${whyNot(kind, digits)}`);
  if (shape.length !== 2) {
    throw new InputError(name, `has ${shape.length} dimensions (${shape.join(', ')}), expected a matrix`);
  }
  const type = types[key];
  const how = { type, floating: /[fc]/.test(kind), little: order !== '>', fortranOrder, dataStart };
  if (shape[1] === 2 && shape[0] !== 2 && shape[0] > 0 && !complex) {
    const n = checkTridiagonalOrder(name, shape[0]);
    check(n, 'tridiagonal');
    return { ...how, kind: 'tridiagonal', n, end: dataStart + 2 * n * type.size };
  }
  const n = checkMatrixOrder(name, shape[0], shape[1]);
  const what = complex ? 'complex' : 'real';
  check(n, what);
  return { ...how, kind: what, n, end: dataStart + n * n * type.size * (complex ? 2 : 1) };
}

function whyNot(kind: string | undefined, digits: string): string {
  const save = 'save it as float64';
  if (kind === 'c') return 'more than double precision is not supported; save it as complex128';
  if (kind === 'g' || (kind === 'f' && Number(digits) > 8))
    return `more than double precision is not supported; ${save}`;
  return "that type is not supported; expected real numbers such as '<f8'";
}

/** The length of a file with this beginning, if that follows from it; throws where `parseNpy` would. */
export function npyLength(name: string, head: Uint8Array, check: OrderCheck): number | undefined {
  const version1 = head[6] === 1;
  if (head.length < 12) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const dataStart = version1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
  return dataStart > head.length ? undefined : layoutOf(name, head, check).end;
}

/** Reads a square matrix, or the two columns of a tridiagonal one; `name` stands for the file in messages. */
export function parseNpy(name: string, bytes: Uint8Array, check: OrderCheck = () => {}): Matrix {
  const layout = layoutOf(name, bytes, check);
  const { kind, n, dataStart, end } = layout;
  const missing = end - bytes.length;
  if (missing !== 0) {
    throw new InputError(
      name,
      missing > 0
        ? `is truncated: ${missing} of ${end - dataStart} bytes of data are missing`
        : `has ${-missing} bytes after the data of a ${n} × ${kind === 'tridiagonal' ? 2 : n} matrix`,
    );
  }
  const tolerance = TOLERANCES[layout.type.precision];
  const columns = kind === 'tridiagonal' ? 2 : n;
  const a = readElements(name, bytes, layout, columns);
  if (kind !== 'tridiagonal') return { kind, n, a, tolerance };
  checkLast(name, a[2 * n - 1], `element (${n - 1}, 1), counted from 0,`);
  return { kind, n, a: a.subarray(0, 2 * n - 1), tolerance };
}

/** Elements of n rows, column-major. If there are two columns, the last element may be NaN: it is not read. */
function readElements(name: string, bytes: Uint8Array, layout: Layout, columns: number): Float64Array {
  const { kind, n, type, floating, little, fortranOrder, dataStart } = layout;
  const { size, read } = type;
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart);
  const width = kind === 'complex' ? 2 : 1;
  const a = new Float64Array(n * columns * width);
  const [slow, fast] = fortranOrder ? [columns, n] : [n, columns];
  for (let j = 0, offset = 0; j < slow; ++j) {
    for (let i = 0; i < fast; ++i) {
      const [row, column] = fortranOrder ? [i, j] : [j, i];
      for (let part = 0; part < width; ++part, offset += size) {
        const x = read(view, offset, little);
        if (!Number.isFinite(x) && !(kind === 'tridiagonal' && column === 1 && row === n - 1)) {
          const what = floating ? `is ${x}` : 'is an integer beyond 2^53, which a double may not hold';
          throw new InputError(name, `element (${row}, ${column}), counted from 0, ${what}`);
        }
        a[width * (row + column * n) + part] = x;
      }
    }
  }
  return a;
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

/** A column-major rows × columns matrix of doubles, or of pairs of them, as a .npy file, version 1.0, in Fortran order. */
export function encodeNpy(a: Float64Array, rows: number, columns: number, complex = false): Uint8Array {
  const dict = `{'descr': '<${complex ? 'c16' : 'f8'}', 'fortran_order': True, 'shape': (${rows}, ${columns}), }`;
  const header = `${dict.padEnd(64 * Math.ceil((dict.length + 11) / 64) - 11)}\n`;
  const bytes = new Uint8Array(10 + header.length + 8 * a.length);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, 1, 0]);
  view.setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), 10);
  for (let i = 0; i < a.length; ++i) view.setFloat64(10 + header.length + 8 * i, a[i], true);
  return bytes;
}
