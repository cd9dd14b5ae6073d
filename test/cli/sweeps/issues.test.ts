// What is wrong with the shape of a file, in words that say what is allowed.
import { InputError } from 'emft';
import { expect, test } from 'vitest';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';

const drh = (rest: string) => `compute = "drh"\n${rest}`;
const one = (rest: string) => drh(`[[ensemble]]\ng10 = 0.5\nalpha = 0.6\n${rest}`);

test.each([
  // A key guessed otherwise is named, not the one that it stands for.
  [one('n = { from = 1, to = 2, step = 1 }'), /n\.step: unknown key.* here: from, to, points, spacing/],
  // In TOML what follows a section is in it.
  [drh('[parameters]\nalpha = 0.6\nseed = 1'), /parameters\.seed: .* the head of the file, before its first/],
  [one('table = "spins"'), /ensemble\.1\.table: .* the head of the file/],
  [drh('alpha = 0.6'), /: alpha: unknown key; it belongs into \[parameters\] or \[\[ensemble\]\]/],
  [drh('samples = 2'), /: samples: unknown key; it belongs into \[\[ensemble\]\]/],
  [drh('[parameters]\nsamples = 2'), /parameters\.samples: unknown key; it belongs into \[\[ensemble\]\]/],
  [drh('[ensemble]\nalpha = 0.6'), /ensemble: expected tables \[\[ensemble\]\]/],
  [one('samples = "many"'), /samples: expected a number, got "many"/],
  [drh('title = 3'), /title: expected a text in quotation marks, got 3/],
  [drh('run = 3'), /run: expected a table, got 3/],
])('refused: %s', (text, message) => {
  expect(() => parseExperiment(text, 'x')).toThrow(InputError);
  expect(() => parseExperiment(text, 'x')).toThrow(message);
});
