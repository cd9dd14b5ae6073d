// The paper's statements beside what is measured here.
import { type Group, groupOf } from '../common/rules.js';

export interface Claim {
  /** Short and stable. */
  id: string;
  /** Equation, figure or section of the paper. */
  source: string;
  statement: string;
  /** What the paper states. */
  stated: string;
  /** What was measured in this run. */
  measured: string;
  /** The measured numbers at full precision. */
  values: Record<string, number>;
  agrees: boolean;
  /** What had to hold for `agrees`, with its tolerance. */
  rule: string;
  /** Name of the figure's reading in which it was measured; without one the paper is taken as printed. */
  reading?: string;
  /** Why it disagrees, or what to bear in mind. */
  note?: string;
}

/** A number for reading, at most `digits` significant ones. */
export function show(x: number, digits = 4): string {
  return String(Number(x.toPrecision(digits))).replace(/^-/, '−');
}

/** The power of ten nearest to x, as text. */
export function nearestPowerOfTen(x: number): string {
  return `10^${Math.round(Math.log10(x))}`;
}

/** The paper to the letter. */
const PRINTED = 'printed';

/** A statement of the paper with all that was measured of it. */
interface Statement {
  group: Group;
  /** What decides: the measurement that agrees, as printed before any other; the one as printed where none agrees. */
  claim: Claim;
  /** One measurement, or one for each reading of the figure. */
  measurements: Claim[];
}

const asPrinted = ({ reading }: Claim) => reading === undefined || reading === PRINTED;

/** Measurements of one statement in several readings belong together: those of one figure that have one id. */
export function grouped(claims: readonly Claim[]): Statement[] {
  const together = new Map<string, Claim[]>();
  claims.forEach((claim, i) => {
    const key = claim.reading === undefined ? String(i) : `${claim.source}\n${claim.id}`;
    together.set(key, [...(together.get(key) ?? []), claim]);
  });
  return [...together.values()].map((measurements) => {
    const literal = measurements.find(asPrinted);
    const agreeing = literal?.agrees ? literal : measurements.find((claim) => claim.agrees);
    const group = groupOf(literal?.agrees === true, agreeing !== undefined);
    return { group, claim: agreeing ?? literal ?? measurements[0], measurements };
  });
}

/** '[S](g)' is no link. */
export const plain = (text: string) => text.replaceAll('](', ']\\(');
const cell = (text: string) => plain(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
/** A row of a table. */
export const row = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;

/** Heads the column of rules. */
const RULE = 'agrees if';

/** The statements in three groups, a table each, with notes below. */
export function claimsMarkdown(claims: readonly Claim[], heading: string): string {
  const statements = grouped(claims);
  const of = (group: Group) => statements.filter((statement) => statement.group === group);
  const [printed, reading, differs] = [of('printed'), of('reading'), of('differs')];
  const others = printed.some((statement) => inReadings(statement) !== '');
  return [
    '# The paper’s claims, measured',
    '',
    heading,
    '',
    `${printed.length + reading.length} of ${statements.length} statements agree with what was measured: ${printed.length} as printed, ${reading.length} in a named reading.`,
    ...section(
      'Agrees as printed',
      [...(others ? ['measured here', 'in a named reading'] : ['measured here']), RULE],
      printed,
      (statement) => [
        statement.claim.measured,
        ...(others ? [inReadings(statement)] : []),
        statement.claim.rule,
      ],
    ),
    ...section(
      'Agrees in a named reading',
      ['as printed', 'reading', 'measured in it', RULE],
      reading,
      ({ claim, measurements }) => [
        measurements.find(asPrinted)?.measured ?? 'not measured',
        claim.reading ?? '',
        claim.measured,
        claim.rule,
      ],
    ),
    ...section('Differs', ['measured here', RULE], differs, ({ claim }) => [claim.measured, claim.rule]),
    '',
  ].join('\n');
}

/** What readings other than the letter give, agreeing or not. */
function inReadings({ measurements }: Statement): string {
  return measurements
    .filter((claim) => !asPrinted(claim))
    .map(({ reading, measured, agrees }) => `${reading}: ${measured}${agrees ? '' : ' (differs)'}`)
    .join('; ');
}

function section(
  title: string,
  columns: string[],
  statements: Statement[],
  cells: (statement: Statement) => string[],
): string[] {
  if (statements.length === 0) return [];
  const names = ['where', 'statement', 'the paper', ...columns];
  const notes = statements.flatMap(({ claim: { source, statement, note } }) =>
    note ? [plain(`- **${source}: ${statement}.** ${note}`)] : [],
  );
  const rows = statements.map((statement) => {
    const { source, statement: text, stated } = statement.claim;
    return row([source, text, stated, ...cells(statement)]);
  });
  return [
    '',
    `## ${title}`,
    '',
    row(names),
    row(names.map(() => '---')),
    ...rows,
    ...(notes.length > 0 ? ['', ...notes] : []),
  ];
}
