// Names of columns in files: a quantity with its unit, 'etaTot_log2', so that one name is always in one unit,
// and pandas and R take it as it is. Numbers without a unit, energies, which are all in the unit of the
// given ones, and times, which are in its inverse, have the name alone.

/** Units by the ending of a name. */
const units: Readonly<Record<string, string>> = {
  nat: 'nat',
  log2: 'log 2',
  rad: 'rad',
  W: 'W',
  Nlog2: 'N log 2',
  pernat: '1/nat',
};

export function columnName(name: string, unit: string): string {
  if (['', '1', 'energy', '1/energy'].includes(unit)) return name;
  const ending = Object.keys(units).find((key) => units[key] === unit);
  if (ending === undefined) throw new Error(`the unit ${unit} of ${name} has no place in a name`);
  return `${name}_${ending}`;
}

/** The quantity and the unit in a name; '1' if it has no unit. */
export function quantityOf(column: string): { name: string; unit: string } {
  const [, name, ending] = /^(.+)_([^_]+)$/.exec(column) ?? [];
  const known = ending !== undefined && Object.hasOwn(units, ending);
  return known ? { name, unit: units[ending] } : { name: column, unit: '1' };
}
