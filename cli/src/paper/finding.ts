// What figures beyond the paper found: what was predicted, by whom, what was measured, with which error, and the verdict. Kept apart
// from the paper's claims, which have the paper alone for a judge.
import { plain, row } from './claim.js';

/**
 * `agrees` within the stated error, `differs` by more; `open` where what was measured does not decide; `identity` where it cannot differ
 * unless something was computed wrongly, so that it confirms no prediction.
 */
export const verdicts = ['agrees', 'differs', 'open', 'identity'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Finding {
  /** Short and stable, beginning with the id of the figure. */
  id: string;
  /** Who predicts it: an equation, a publication, or a limit that has to hold. */
  source: string;
  /** What was asked. */
  question: string;
  predicted: string;
  measured: string;
  /** Error of what was measured, and of what kind it is. */
  error: string;
  /** The measured numbers at full precision. */
  values: Record<string, number>;
  verdict: Verdict;
  /** Why it differs or is open, or what to bear in mind. */
  note?: string;
}

const COLUMNS = ['figure', 'what', 'predicted by', 'predicted', 'measured', 'error', 'verdict'];

/** How many there are of each verdict. */
export function tally(findings: readonly Finding[]): string {
  const [agree, differ, open, identities] = verdicts.map(
    (verdict) => findings.filter((finding) => finding.verdict === verdict).length,
  );
  const rest = identities > 0 ? `, ${identities} ${identities === 1 ? 'identity' : 'identities'}` : '';
  return `${findings.length} findings beyond the paper: ${agree} as predicted, ${differ} not, ${open} open${rest}`;
}

/** One table of all, and below it the notes that verdicts have the numbers of. */
export function findingsMarkdown(findings: readonly Finding[], heading: string): string {
  const notes = [...new Set(findings.flatMap(({ note }) => note ?? []))];
  const judged = ({ verdict, note }: Finding) => (note ? `${verdict} (${notes.indexOf(note) + 1})` : verdict);
  return [
    '# Beyond the paper: predicted and measured',
    '',
    heading,
    '',
    `${tally(findings)}. Numbers beside verdicts are those of the notes below the table.`,
    '',
    row(COLUMNS),
    row(COLUMNS.map(() => '---')),
    ...findings.map((finding) => {
      const { id, source, question, predicted, measured, error } = finding;
      return row([id.split('-')[0], question, source, predicted, measured, error, judged(finding)]);
    }),
    ...(notes.length > 0 ? ['', ...notes.map((note, k) => plain(`${k + 1}. ${note}`))] : []),
    '',
  ].join('\n');
}
