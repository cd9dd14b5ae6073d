// The paper's statements beside what is measured here.

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
  /** Why it disagrees, or what to bear in mind. */
  note?: string;
}

/** A number for reading, at most `digits` significant ones. */
export function show(x: number, digits = 4): string {
  return String(Number(x.toPrecision(digits))).replace(/^-/, '−');
}

/** A Markdown table of all claims, disagreements spelled out below it. */
export function claimsMarkdown(claims: readonly Claim[], heading: string): string {
  // '[S](g)' is no link.
  const plain = (text: string) => text.replaceAll('](', ']\\(');
  const cell = (text: string) => plain(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = claims.map(
    (c) =>
      `| ${cell(c.source)} | ${cell(c.statement)} | ${cell(c.stated)} | ${cell(c.measured)} | ${c.agrees ? 'yes' : '**no**'} |`,
  );
  const noted = claims.filter((c) => c.note);
  const notes = (agree: boolean) =>
    noted.filter((c) => c.agrees === agree).map((c) => plain(`- **${c.source}: ${c.statement}.** ${c.note}`));
  const agreed = claims.filter((c) => c.agrees).length;
  return [
    '# The paper’s claims, measured',
    '',
    heading,
    '',
    `${agreed} of ${claims.length} statements agree with what was measured in this run.`,
    '',
    '| where | statement | the paper | measured here | agree |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    ...section('Disagreements', notes(false)),
    ...section('Notes', notes(true)),
    '',
  ].join('\n');
}

function section(title: string, lines: string[]): string[] {
  return lines.length ? ['', `## ${title}`, '', ...lines] : [];
}
