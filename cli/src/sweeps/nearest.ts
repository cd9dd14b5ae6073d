// The known name closest to a misspelt one.

/** Edits (insert, delete, replace, swap neighbours) between two words: optimal string alignment distance. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; ++i) {
    const row = [i];
    for (let j = 1; j <= b.length; ++j) {
      const replace = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replace, above[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = above;
    above = row;
  }
  return above[b.length];
}

/** A name without separators and capitals: `d_g` and `grain_dimension` match dg and grainDimension. */
const plain = (name: string) => name.replace(/[_-]/g, '').toLowerCase();

/** The initials of a name of several words: gd for grainDimension. */
function initials(name: string): string | undefined {
  const capitals = name.replace(/[^A-Z]/g, '');
  return capitals && /^[a-z]/.test(name) ? `${name[0]}${capitals}`.toLowerCase() : undefined;
}

/** The nearest of `names`, also by its initials; undefined if none has a letter in common with `name`. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const written = plain(name);
  const distance = (other: string) => {
    const short = initials(other);
    const whole = editDistance(written, plain(other));
    return short === undefined ? whole : Math.min(whole, editDistance(written, short));
  };
  const [best] = names.toSorted((a, b) => distance(a) - distance(b));
  return best !== undefined && distance(best) < Math.max(written.length, 1) ? best : undefined;
}

/** Addition to a message about a wrong name: `; did you mean 'alpha'?`, or nothing if no name is near. */
export function suggestion(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `; did you mean '${near}'?`;
}
