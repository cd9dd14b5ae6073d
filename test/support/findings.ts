// What a finding of a figure beyond the paper has to say.
import { expect } from 'vitest';
import { type Finding, verdicts } from '../../cli/src/paper/finding.js';
import { beyondPaper } from '../../cli/src/paper/index.js';

/** A figure beyond the paper has findings, others have none; every one of figure `id` says who predicts what, what was measured, its error and the verdict. */
export function expectFindings(id: string, findings: readonly Finding[]): void {
  expect(findings.length > 0).toBe(id in beyondPaper);
  for (const finding of findings) {
    expect(finding.id).toMatch(new RegExp(`^${id}-`));
    expect(verdicts).toContain(finding.verdict);
    const { source, question, predicted, measured, error } = finding;
    for (const text of [source, question, predicted, measured, error]) {
      expect(text).not.toBe('');
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
    for (const x of Object.values(finding.values)) expect(Number.isFinite(x)).toBe(true);
    if (['differs', 'open'].includes(finding.verdict)) expect(finding.note).toBeTruthy();
  }
}
