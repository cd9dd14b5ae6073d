// The entries of the packages, as old and new ways of finding types have them.
import { describe, expect, test } from 'vitest';
import { sources, text } from '../support/sources.js';

type Target = string | { types?: string; default: string };
interface Package {
  types?: string;
  exports: Record<string, Target>;
  typesVersions?: Record<string, Record<string, string[]>>;
}
const library = JSON.parse(text('package.json')) as Package;

/** What `typesVersions` has to say of `exports`: an entry each that has types, by the name behind that of the package. */
function olderEntries(exports: Package['exports']): Record<string, string[]> {
  const named = Object.entries(exports).filter(([name]) => name !== '.');
  return Object.fromEntries(
    named.flatMap(([name, target]) =>
      typeof target === 'object' && target.types ? [[name.replace('./', ''), [target.types]]] : [],
    ),
  );
}

describe('emft', () => {
  test('resolution that knows no exports finds the types of every entry, and no others', () => {
    expect(Object.keys(olderEntries(library.exports)).length).toBeGreaterThan(4);
    expect(library.typesVersions).toEqual({ '*': olderEntries(library.exports) });
    expect(library.types).toBe((library.exports['.'] as { types: string }).types);
    // One that is missing would be noticed.
    const more = { ...library.exports, './more': { types: './dist/more.d.ts', default: './dist/more.js' } };
    expect(library.typesVersions).not.toEqual({ '*': olderEntries(more) });
  });

  test('every entry is built from a source, its types and its program from the same', () => {
    const known = sources('src');
    const entries = Object.values(library.exports).filter((target) => typeof target === 'object');
    for (const { types, default: program } of entries) {
      expect(types).toBe(program.replace(/\.js$/, '.d.ts'));
      expect(known).toContain(program.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
    }
  });
});
