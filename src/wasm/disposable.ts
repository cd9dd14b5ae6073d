// What `using core = …` calls at the end of the block, in every host.
/// <reference lib="esnext.disposable" preserve="true" />

/**
 * Gives a core the method that `using` looks for. Hosts without Symbol.dispose get it under the registered symbol that
 * compilers of `using` fall back to, so that their output works there too. It is not enumerable: a copy made by spreading
 * a core does not end it.
 */
export function disposable<T extends { dispose(): void }>(core: T): T & Disposable {
  const key = Symbol.dispose ?? Symbol.for('Symbol.dispose');
  return Object.defineProperty(core, key, { value: () => core.dispose() }) as T & Disposable;
}
