// The names of the matrices that solvers are compared on. What they are is in matrices.ts.
const TYPES = 18;

/** What a person calls each of them. */
export const TITLES: Readonly<Record<string, string>> = {
  goe: 'random (GOE)',
  wilkinson: 'Wilkinson W+',
  glued: 'glued Wilkinson W21+',
  clement: 'Clement',
  huckel: 'Hückel ring',
  heisenberg: 'Heisenberg chain in random fields',
  ...Object.fromEntries(
    Array.from({ length: TYPES }, (_, k) => [`type${k + 1}`, `LAPACK's ddrvst, type ${k + 1}`]),
  ),
};

/** Names of families: `all`, `known` (all but the types), `types`, and single ones, separated by commas. */
export function familiesOf(words: string): string[] {
  const names = Object.keys(TITLES);
  const groups: Record<string, string[]> = {
    all: names,
    known: names.filter((name) => !name.startsWith('type')),
    types: names.filter((name) => name.startsWith('type')),
  };
  const wanted = words.split(',').flatMap((word) => groups[word] ?? [word]);
  const wrong = wanted.find((name) => !names.includes(name));
  if (wrong !== undefined) {
    const all = [...Object.keys(groups), ...names].join(', ');
    throw new RangeError(`no matrix is called '${wrong}': expected ${all}`);
  }
  return [...new Set(wanted)];
}
