/** What somebody named on the command line and cannot be used: the benchmark ends with status 2 and this one line. */
export class Refusal extends Error {}

/** A refusal that begins with what was named, and gives the first line of the error. */
export function refuse(named: string, error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  throw new Refusal(`${named}: ${message.split('\n')[0]}`);
}
