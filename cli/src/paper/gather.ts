// The claims of figures that were computed earlier, from the tables that they left in a directory.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from 'emft';
import { InputError } from 'emft/check';
import { readDescribedTable } from '../files/tableFile.js';
import { type Claim, claimsMarkdown } from './claim.js';
import { type Figure, figureName, type Measured } from './figure.js';
import { claimChecks, figures } from './index.js';

/** The claims of one table; throws an InputError where it lacks what they need. */
async function claimsOf(figure: Figure, path: string, core: Core): Promise<Claim[]> {
  const { columns, description } = await readDescribedTable(path);
  const { figure: id, parameters, measured = {} } = description as Partial<Measured> & { figure?: string };
  if (id !== figure.id || !parameters)
    throw new InputError(path, `expected a table of figure ${figure.id}, got one of ${id}`);
  const claims = figure.claims({ columns, parameters, measured: complete(path, measured) }, core);
  const broken = claims.find((claim) => /NaN|undefined/.test(claim.measured));
  if (broken) throw new InputError(path, `gives no number for ${broken.id}: ${broken.measured}`);
  return claims;
}

/** `measured`, which names what it lacks: tables of earlier versions have only columns and parameters. */
function complete(path: string, measured: Record<string, number>): Record<string, number> {
  return new Proxy(measured, {
    get(numbers, name: string) {
      if (typeof numbers[name] === 'number') return numbers[name];
      throw new InputError(path, `lacks the number ${name}, which claims need: compute the figure again`);
    },
  });
}

const HEADING =
  'Gathered by `node scripts/claims-table.js` from the tables in this directory: what was measured is in one of them, or follows from it. A verdict follows from the rule of its row; where a rule is wider than the standard errors, the row says by how many of them the measurement is off. What share of the paper’s realizations each table has stands in the table itself and in [README](README.md).';

/** claims.md for the figures in `directory`: first the statements of no figure, then the figures in the order of the registry. */
export async function gatherClaims(directory: string, core: Core): Promise<string> {
  const claims: Claim[] = [];
  for (const load of Object.values(claimChecks)) {
    const { check } = await load();
    claims.push(...(await check({ core, profile: 'paper', progress: async () => {} })));
  }
  for (const load of Object.values(figures)) {
    const { figure } = await load();
    for (const reading of figure.readings ?? [undefined]) {
      const path = join(directory, `fig${figureName(figure, reading?.name)}.parquet`);
      if (existsSync(path)) claims.push(...(await claimsOf(figure, path, core)));
    }
  }
  return claimsMarkdown(claims, HEADING);
}
