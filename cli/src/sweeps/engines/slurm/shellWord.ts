// Words of shell commands, for scripts and for commands that a user is told to type.

/** Quoted, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Quoted where a shell would not take it as one plain word. */
export function shellWord(text: string): string {
  return /^[\w./@%+=:,][\w./@%+=:,-]*$/.test(text) ? text : quoted(text);
}
