// The shape of the section [model], of each kind whose files have one. It stands apart from the kinds because commands load
// these to read their arguments.
import type { GenericSchema } from 'valibot';
import { keysAt, modelSchema } from './spinModelSchema.js';

interface ModelSchema {
  schema: GenericSchema<unknown, unknown>;
  /** The keys known at a path in the section: for the message about an unknown one. */
  keysAt(path: readonly unknown[]): readonly string[];
}

export const modelSchemas: Readonly<Record<string, ModelSchema>> = { spins: { schema: modelSchema, keysAt } };
