// Words of shell commands, for scripts and for commands that a message asks the user to type.

/** Quotes any text. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Quotes text that a shell would not take as one plain word. */
export function shellWord(text: string): string {
  return /^[\w./@%+=:,][\w./@%+=:,-]*$/.test(text) ? text : quoted(text);
}
