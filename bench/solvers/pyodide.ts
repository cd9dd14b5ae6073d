// numpy.linalg.eigh in pyodide: LAPACK's dsyevd compiled to WebAssembly. pyodide is on npm, the numpy that goes with it on a server of its
// own, from which it is loaded.
import type { Solver } from '../../web/src/lab/solver.js';
import { entryOf, load, type Source, versionOf } from './source.js';

interface Python {
  globals: { set(name: string, value: unknown): void };
  loadPackage(name: string, options: object): Promise<unknown>;
  runPython(code: string): unknown;
}

const pyodide: Source = async (wanted) => {
  const entry = entryOf('pyodide', wanted);
  const { loadPyodide } = (await load(entry.replace(/\.js$/, '.mjs'))) as { loadPyodide(): Promise<Python> };
  const python = await loadPyodide();
  const quiet = { messageCallback() {}, errorCallback() {} };
  await python.loadPackage('numpy', quiet).catch(() => {});
  let numpy: unknown;
  try {
    numpy = python.runPython('import numpy, time; numpy.__version__');
  } catch {
    throw new Error(
      'is installed, but the numpy that goes with it is not on npm and cannot be loaded from here',
    );
  }
  const numbers = (name: string) => {
    const proxy = python.runPython(name) as { toJs(): Float64Array; destroy(): void };
    const copy = Float64Array.from(proxy.toJs());
    proxy.destroy();
    return copy;
  };
  const hold = (a: Float64Array, n: number) => {
    python.globals.set('given', a);
    python.runPython(`a = numpy.asarray(given.to_py(), dtype=float).reshape(${n}, ${n}).copy()`);
  };
  const solver: Solver<Float64Array, void> = {
    name: 'pyodide (numpy eigh)',
    version: `${versionOf('pyodide', entry)}, numpy ${numpy}`,
    maxOrder: 2048,
    sample: 0.02,
    solve(a, n) {
      hold(a, n);
      python.runPython('w, v = numpy.linalg.eigh(a)');
    },
    read: () => ({ values: numbers('w'), vectors: numbers('numpy.ascontiguousarray(v.T).ravel()') }),
    async time(a, n, count) {
      hold(a, n);
      const start = performance.now();
      python.runPython(`for _ in range(${count}): w, v = numpy.linalg.eigh(a)`);
      return (performance.now() - start) / 1000;
    },
  };
  return [solver];
};
export default pyodide;
