// What a task computes and no slider changes: a worker computes it once, and again only when nothing of it is left.

const all = new Map<string, unknown>();
/** Of other parameters than the present ones little is asked for twice. */
const MOST = 16;

/** The value of a key, made if it is not there; `key` has everything that the value depends on. What fails is not kept. */
export async function kept<T>(key: string, make: () => T | Promise<T>): Promise<T> {
  if (!all.has(key)) {
    const value = await make();
    if (all.size >= MOST) all.delete(all.keys().next().value as string);
    all.set(key, value);
  }
  return all.get(key) as T;
}
