// Named computations whose results are the same bits on every machine: what `emft verify` recomputes. Only the public
// API is used, so that a page can run them too. Changing one means a new name.
import type { Core } from 'emft';
import { type Method, methodNames, rangeMethods } from 'emft/check';

/** What a computation gives: arrays of doubles whose bytes are hashed one after another. */
type Result = Float64Array[];

const eigh = (method: Method, n: number) => (core: Core) => {
  const { values, vectors } = core.eigh(core.goe(n, { seed: 20220, stream: n }), n, { method });
  return [values, vectors];
};

/** The Hermitian matrix whose real part and imaginary part below the diagonal are those of two of the GOE. */
function hermitian(core: Core, n: number): Float64Array {
  const [re, im] = [0, 1].map((index) => core.goe(n, { seed: 20220, stream: n, index }));
  return Float64Array.from({ length: 2 * n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / (2 * n)), (k >> 1) % n];
    return k % 2 === 0 ? re[k >> 1] : i === j ? 0 : i > j ? im[k >> 1] : -im[k >> 1];
  });
}

const eighComplex = (method: Method, n: number) => (core: Core) => {
  const { values, vectors } = core.eighComplex(hermitian(core, n), n, { method });
  return [values, vectors];
};

/** All three problems with B = A + 8 sqrt(n), which is definite. */
const generalized = (n: number, complex: boolean) => (core: Core) => {
  const a = complex ? hermitian(core, n) : core.goe(n, { seed: 20220, stream: n });
  const step = (complex ? 2 : 1) * (n + 1);
  const b = a.map((x, k) => (k % step === 0 ? x + 8 * Math.sqrt(n) : x));
  return ([1, 2, 3] as const).flatMap((itype) => {
    const { values, vectors } = complex
      ? core.eighComplex(a, n, { b, itype })
      : core.eigh(a, n, { b, itype });
    return [values, vectors];
  });
};

/** Off-diagonals of a band. */
const widthOf = (method: Method) => (method === 'dc' ? 7 : 30);

/** Diagonals of a band are the first rows of a matrix of the GOE; without vectors too. */
const banded = (method: Method, n: number) => (core: Core) => {
  const width = widthOf(method);
  const ab = core.goe(n, { seed: 20220, stream: n }).subarray(0, (width + 1) * n);
  const { values, vectors } = core.eighBanded(ab, n, width, { method });
  return [values, vectors, core.eighBanded(ab, n, width, { vectors: false }).values];
};

const tridiagonal = (method: Method, n: number) => (core: Core) => {
  const a = core.goe(n, { seed: 20220, stream: n });
  const [d, e] = [a.subarray(0, n), a.subarray(n, 2 * n - 1)];
  const { values, vectors } = core.eighTridiagonal(d, e, { method });
  return [values, vectors, core.eighTridiagonal(d, e, { vectors: false }).values];
};

const lattice = (phases: { theta0: number } | { random: true; seed: number }) => (core: Core) => {
  const couplings = core.latticeCouplings({ radius: 8, strength: 90, ...phases });
  const { etaTot, etaTotBounds, entropy } = core.latticeMeanField(couplings);
  return [couplings.energies, couplings.phi0, entropy, Float64Array.of(etaTot, ...etaTotBounds)];
};

/** The order at which the bits of a method are published; `others`: of every method that is not named. */
type Orders = Partial<Record<Method, number>> & { others: number };

/** The computation of every method, by its name with the order, and what `about` adds. */
function each(
  kind: string,
  methods: readonly Method[],
  orders: Orders,
  compute: (method: Method, n: number) => (core: Core) => Result,
  about: (method: Method) => string = () => '',
) {
  return Object.fromEntries(
    methods.map((method) => {
      const n = orders[method] ?? orders.others;
      return [`${kind} ${method} n=${n}${about(method)}`, compute(method, n)];
    }),
  );
}

export const computations: Readonly<Record<string, (core: Core) => Result>> = {
  'philox uniforms': (core) => [core.uniforms({ seed: -7, stream: 3, index: 2 ** 40 }, 100_000)],
  'philox normals': (core) => [core.normals({ seed: -7, stream: 3, index: 2 ** 40 }, 100_000)],
  'goe n=257': (core) => [core.goe(257, { seed: 20220 })],
  ...each('eigh', methodNames, { dc: 300, qr: 150, others: 100 }, eigh),
  'eigh values n=301': (core) => [core.eigh(core.goe(301, { seed: 20220 }), 301, { vectors: false }).values],
  'eigh range n=200': (core) => {
    const part = core.eigh(core.goe(200, { seed: 20220 }), 200, { range: { index: [60, 119] } });
    return [part.values, part.vectors];
  },
  ...each('eighComplex', methodNames, { dc: 150, qr: 100, others: 50 }, eighComplex),
  'eighComplex values n=151': (core) => [
    core.eighComplex(hermitian(core, 151), 151, { vectors: false }).values,
  ],
  'generalized n=200': generalized(200, false),
  'generalized complex n=140': generalized(140, true),
  ...each('eighTridiagonal', rangeMethods, { dc: 250, others: 120 }, tridiagonal),
  ...each('eighBanded', rangeMethods, { dc: 220, others: 100 }, banded, (m) => ` width=${widthOf(m)}`),
  'eighBatch n=24': (core) => {
    const matrices = new Float64Array(50 * 24 * 24);
    for (let k = 0; k < 50; ++k) matrices.set(core.goe(24, { seed: 20220, index: k }), k * 24 * 24);
    const { values, vectors } = core.eighBatch(matrices, 24, 50);
    return [values, vectors];
  },
  'response fit': (core) => {
    // Numbers uniform on (0, 1), which are weak couplings, and their reciprocals, which are strong ones.
    const u = core.uniforms({ seed: 1 }, 5000);
    return [u, u.map((x) => 1 / x)].flatMap((g) => {
      const { eta, entropy, czz } = core.response(g);
      return [eta, entropy, czz];
    });
  },
  'mean field chain n=2000': (core) => {
    const bare = core.drhLogCouplings({ g0: 0.5, alpha: 0.7, n: 2000 });
    const { logG, entropy, czz, etaTot, slope } = core.solveMeanField(bare, { log: true });
    return [logG, entropy, czz, Float64Array.of(etaTot, slope)];
  },
  'lattice quasiperiodic R=8': lattice({ theta0: 2.954 }),
  'lattice random R=8': lattice({ random: true, seed: 5 }),
  'grain exact diagonalization N=5': (core) => {
    const states = core.diagonalizeGrain(core.randomGrainModel({ alpha: 0.7, n: 5, seed: 20220 }));
    return [states.eigenvalues, ...states.entropies, states.meanEntropy, states.czz];
  },
};

/** SHA-256, in hexadecimal digits, of the doubles in order, little-endian as WebAssembly memory is. */
export async function hash(result: Result): Promise<string> {
  const bytes = new Uint8Array(result.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of result) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
