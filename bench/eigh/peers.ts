// The other solvers in JavaScript and WebAssembly that npm offers. Conversion to a peer's own matrix type is not timed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { best, type Solver } from './solver.js';

const require = createRequire(import.meta.url);

/** Version of an installed package, whether or not it exports its package.json. */
function version(name: string): string {
  for (let path = dirname(require.resolve(name)); path !== dirname(path); path = dirname(path)) {
    try {
      const found = JSON.parse(readFileSync(`${path}/package.json`, 'utf8')) as {
        name: string;
        version: string;
      };
      if (found.name === name) return found.version;
    } catch {
      // not the package's root yet
    }
  }
  return 'unknown';
}

function rows(a: Float64Array, n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from(a.subarray(i * n, (i + 1) * n)));
}

const ascending = (values: Iterable<number>) => Float64Array.from(values).sort();

async function mlMatrix(): Promise<Solver> {
  const { EigenvalueDecomposition, Matrix } = await import('ml-matrix');
  return {
    name: 'ml-matrix',
    kind: 'peer',
    version: version('ml-matrix'),
    exponent: 3.2,
    async time(a, n) {
      const m = new Matrix(rows(a, n));
      const timed = await best(() => new EigenvalueDecomposition(m, { assumeSymmetric: true }));
      return { ...timed, values: ascending(timed.result.realEigenvalues) };
    },
  };
}

async function mathjs(): Promise<Solver> {
  const { eigs } = await import('mathjs');
  return {
    name: 'mathjs',
    kind: 'peer',
    version: version('mathjs'),
    exponent: 4,
    async time(a, n) {
      const m = rows(a, n);
      const timed = await best(() => eigs(m));
      return { ...timed, values: ascending(timed.result.values as number[]) };
    },
  };
}

async function numeric(): Promise<Solver> {
  const { default: library } = (await import('numeric' as string)) as {
    default: { eig(a: number[][]): { lambda: { x: number[] } } };
  };
  return {
    name: 'numeric',
    kind: 'peer',
    version: version('numeric'),
    exponent: 3.5,
    async time(a, n) {
      const m = rows(a, n);
      const timed = await best(() => library.eig(m));
      return { ...timed, values: ascending(timed.result.lambda.x) };
    },
  };
}

/** R's eigen(): reference LAPACK (dsyevr) compiled to WebAssembly. */
async function webr(): Promise<Solver> {
  // The package's own entry for Node is its CommonJS build's sibling.
  const entry = require.resolve('webr').replace(/\.cjs$/, '.mjs');
  const { WebR } = (await import(entry)) as typeof import('webr');
  const r = new WebR({ interactive: false });
  await r.init();
  const release = (await r.evalRString('paste(R.version$major, R.version$minor, sep = ".")')) as string;
  const lapack = (await r.evalRString('La_version()')) as string;
  return {
    name: 'webr (R eigen)',
    kind: 'peer',
    version: `${version('webr')}, R ${release}, LAPACK ${lapack}`,
    exponent: 3,
    maxOrder: 2048,
    async time(a, n) {
      await r.objs.globalEnv.bind('a', Array.from(a));
      await r.evalRVoid(`m <- matrix(a, ${n}); rm(a)`);
      // R's clock resolves a millisecond: small sizes are repeated inside.
      const repeat = Math.max(1, Math.round(64 ** 3 / n ** 3) * 4);
      const call = `for (k in 1:${repeat}) e <- eigen(m, symmetric = TRUE)`;
      const timed = await best(async () => {
        await r.evalRVoid(call);
      });
      const values = (await r.evalRRaw('rev(e$values)', 'number[]')) as number[];
      return { seconds: timed.seconds / repeat, runs: timed.runs * repeat, values };
    },
    async close() {
      await r.close();
    },
  };
}

/** Every peer that starts; one that does not is named with its reason. */
export async function peers(skipped: (name: string, reason: string) => void): Promise<Solver[]> {
  const found: Solver[] = [];
  for (const [name, start] of Object.entries({ 'ml-matrix': mlMatrix, mathjs, numeric, webr })) {
    try {
      found.push(await start());
    } catch (error) {
      skipped(name, error instanceof Error ? error.message : String(error));
    }
  }
  return found;
}
