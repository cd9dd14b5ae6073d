// A manifest, how one that was edited is refused, and edits as they happen.
import { expect } from 'vitest';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { describeRun } from '../../../cli/src/sweeps/manifest.js';
import { parseManifest } from '../../../cli/src/sweeps/readManifest.js';
import { InputError } from '../../../src/wasm/errors.js';
import { chainFile } from '../runs.js';

export const file = parseExperiment(
  chainFile(3, 2, '[slurm]\npartition = "long"\noptions = ["--account=physics"]'),
  'x.toml',
);

export const manifest = describeRun(file, 'local');
export const parse = (edited: string) => parseManifest(edited, 'manifest.json');

/** The error, which has to be an InputError of one line; undefined when the text is accepted. */
export function refusal(edited: string): string | undefined {
  try {
    parse(edited);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/^manifest\.json.*: .+/s);
    return (error as Error).message;
  }
}

/** A random edit as disks, editors and people make them. */
export function edit(original: string, random: () => number): string {
  const at = Math.floor(random() * original.length);
  const length = 1 + Math.floor(random() * 20);
  const byte = String.fromCharCode(Math.floor(random() * 128));
  switch (Math.floor(random() * 8)) {
    case 0: // a byte
      return original.slice(0, at) + byte + original.slice(at + 1);
    case 1: // a bit
      return (
        original.slice(0, at) +
        String.fromCharCode(original.charCodeAt(at) ^ (1 << Math.floor(random() * 7))) +
        original.slice(at + 1)
      );
    case 2: // a piece lost
      return original.slice(0, at) + original.slice(at + length);
    case 3: // a piece twice
      return original.slice(0, at + length) + original.slice(at);
    case 4: // truncated
      return original.slice(0, at);
    case 5: {
      // a digit
      const digits = [...original.matchAll(/\d/g)];
      const { index } = digits[Math.floor(random() * digits.length)];
      return `${original.slice(0, index)}${Math.floor(random() * 10)}${original.slice(index + 1)}`;
    }
    case 6: {
      // a line moved
      const lines = original.split('\n');
      const [line] = lines.splice(Math.floor(random() * lines.length), 1);
      lines.splice(Math.floor(random() * lines.length), 0, line);
      return lines.join('\n');
    }
    default: // white space
      return original.slice(0, at) + ' \n\t'[Math.floor(random() * 3)] + original.slice(at);
  }
}
