// R's eigen(): reference LAPACK's dsyevr, compiled to WebAssembly.
import type { Solver } from '../../web/src/lab/solver.js';
import { entryOf, load, type Source, versionOf } from './source.js';

const webr: Source = async (wanted) => {
  // The package's own entry for Node is its CommonJS build's sibling.
  const entry = entryOf('webr', wanted).replace(/\.cjs$/, '.mjs');
  const { WebR } = (await load(entry)) as typeof import('webr');
  const r = new WebR({ interactive: false });
  await r.init();
  const release = await r.evalRString('paste(R.version$major, R.version$minor, sep = ".")');
  const lapack = await r.evalRString('La_version()');
  /** The matrix that R holds as m. */
  let held: Float64Array | undefined;
  const hold = async (a: Float64Array, n: number) => {
    if (held === a) return;
    await r.objs.globalEnv.bind('a', Array.from(a));
    await r.evalRVoid(`m <- matrix(a, ${n}); rm(a)`);
    held = a;
  };
  const solver: Solver<Float64Array, void> = {
    name: 'webr (R eigen)',
    version: `${versionOf('webr', entry)}, R ${release}, LAPACK ${lapack}`,
    maxOrder: 2048,
    // A call from here to R and back takes a millisecond.
    sample: 0.06,
    async prepare(a, n) {
      await hold(a, n);
      return a;
    },
    async solve(a, n) {
      await hold(a, n);
      await r.evalRVoid('e <- eigen(m, symmetric = TRUE)');
    },
    async read(_, n) {
      // R has them in descending order.
      const values = (await r.evalRRaw('rev(e$values)', 'number[]')) as number[];
      const z = (await r.evalRRaw(`as.vector(e$vectors[, ${n}:1])`, 'number[]')) as number[];
      return { values: Float64Array.from(values), vectors: Float64Array.from(z) };
    },
    async time(a, n, count) {
      await hold(a, n);
      const start = performance.now();
      await r.evalRVoid(`for (k in 1:${count}) e <- eigen(m, symmetric = TRUE)`);
      return (performance.now() - start) / 1000;
    },
    close: () => r.close(),
  };
  return [solver];
};
export default webr;
