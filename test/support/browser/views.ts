// The views that there are: a folder each. Their registry needs a page to be imported.
import { readdirSync } from 'node:fs';

export const viewNames: readonly string[] = readdirSync(new URL('../../../web/src/views/', import.meta.url), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
