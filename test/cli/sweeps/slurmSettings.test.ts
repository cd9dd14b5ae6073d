// Settings of Slurm, from a file or from a manifest of somebody else, say where and when jobs run and nothing more.
import { describe, expect, test } from 'vitest';
import { checkSlurmPath, jobScript } from '../../../cli/src/sweeps/engines/slurm/slurm.js';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { type Manifest, serialize } from '../../../cli/src/sweeps/manifest.js';
import { InputError } from '../../../src/wasm/errors.js';
import { manifest, refusal } from '../../support/runs/manifests.js';
import { chainFile } from '../../support/runs.js';

describe('settings of Slurm', () => {
  const refusedSettings: [string, unknown, RegExp][] = [
    ['partition', 'main\n#SBATCH --wrap=id', /slurm\.partition: expected a name of a partition/],
    ['partition', '', /slurm\.partition: expected/],
    ['partition', 'main --wrap', /slurm\.partition: expected/],
    ['time', '1:00\n', /slurm\.time: expected minutes/],
    ['memory', '2G --wrap=id', /slurm\.memory: expected/],
    ['elements', 0, /slurm\.elements/],
    ['concurrent', '1', /slurm\.concurrent/],
    ['options', ['--wrap=id'], /slurm\.options\.1: expected --NAME .*got "--wrap=id"/],
    ['options', ['--wra=id'], /slurm\.options\.1: expected --NAME/],
    ['options', ['evil.sh'], /slurm\.options\.1: expected --NAME/],
    ['options', ['--account', 'evil.sh'], /slurm\.options\.2: expected --NAME/],
    ['options', ['-D/tmp'], /slurm\.options\.1: expected --NAME/],
    ['options', ['--export=ALL,LD_PRELOAD=/tmp/x.so'], /slurm\.options\.1: expected --NAME/],
    ['options', ['--chdir=/tmp'], /slurm\.options\.1/],
    ['options', ['--output=/tmp/x'], /slurm\.options\.1/],
    ['options', ['--container=/tmp'], /slurm\.options\.1/],
    ['options', ['--comment=a\n#SBATCH -D /'], /slurm\.options\.1/],
    ['options', ['--acount=physics'], /did you mean '--account'/],
  ];
  test.each(refusedSettings)(
    '%s = %j is refused from a file and from a manifest alike',
    (key, value, reason) => {
      const toml = chainFile(3, 2, `[slurm]\n${key} = ${JSON.stringify(value)}`);
      expect(() => parseExperiment(toml, 'manifest.json')).toThrow(reason);
      const forged = structuredClone(manifest) as Manifest;
      Object.assign(forged.run.slurm, { [key]: value });
      expect(refusal(serialize(forged))).toMatch(reason);
    },
  );

  test('that only say where and when jobs run are taken', () => {
    const options = [
      '--account=physics',
      '--qos=long run',
      '--nice',
      '--mail-user=a@b.org',
      '--constraint=a&b',
    ];
    const toml = chainFile(3, 2, `[slurm]\npartition = "main,long-2"\noptions = ${JSON.stringify(options)}`);
    expect(parseExperiment(toml, 'x').run.slurm.options).toEqual(options);
  });

  test('paths that Slurm would read as something else never reach a job script', () => {
    for (const path of ['/a\n#SBATCH --wrap=id', '/a\rb', '/a\\b', '/a\u0007']) {
      expect(() => checkSlurmPath(path)).toThrow(InputError);
      expect(() => jobScript(path, [[0]], false)).toThrow(/which Slurm does not take/);
    }
    const odd = `/a b/$(touch x)/'"\`;&|%j`;
    expect(jobScript(odd, [[0]], false)).toContain(`'element' '/a b/$(touch x)/'\\''"\`;&|%j' --chunks`);
  });
});
