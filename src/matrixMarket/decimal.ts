// Decimal numbers as programs write them, Fortran included: with an exponent after e, d or q, or with a sign and three
// digits directly after a number with a point, as Fortran prints exponents for which the letter no longer fits
// (1.5+300). Anything else with a sign inside is a range, a date or two columns without a blank.
const DECIMAL = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:[eEdDqQ]([+-]?\d+)|(?<=\.\d*)([+-]\d{3}))?$/;

/** Characters of a number, at most. A bound on the wait: the exact decimal expansion of any double is shorter. */
const LONGEST_NUMBER = 1100;

/**
 * A decimal number, as Fortran writes it too.
 *
 * @param text - A word.
 * @returns The nearest double, which may be infinite; undefined for anything but a decimal number.
 * @throws Nothing.
 */
export function parseDecimal(text: string): number | undefined {
  const parts = text.length > LONGEST_NUMBER ? null : DECIMAL.exec(text);
  if (!parts) return undefined;
  const exponent = parts[2] ?? parts[3];
  return Number(exponent === undefined ? parts[1] : `${parts[1]}e${exponent}`);
}
