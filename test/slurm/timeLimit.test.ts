// A sweep whose element comes to its time limit. Slurm counts minutes, and the test waits for one: its Slurm is one of its own,
// so that other tests can compute meanwhile.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratch, shardsOf } from '../support/runs.js';
import { hasPending, SlurmSweeps, signal } from '../support/slurmSweeps.js';

let sweeps: SlurmSweeps;
const dir = scratch();
beforeAll(async () => {
  sweeps = await SlurmSweeps.start(27100, dir);
});
afterAll(async () => {
  await sweeps?.cluster.stop();
});

test('an element near its time limit keeps what it has and goes on after a requeue', async () => {
  // Limits are whole minutes, and the signal comes 55 s before the end, or up to half a minute earlier.
  const sweep = await sweeps.submit(300, 300, 'elements = 1\ntime = "2"\nsignal = 55');
  // Held until the signal is there, so that it comes in the middle of the work. Some versions of Slurm wake the
  // process themselves.
  const started = () => shardsOf(sweep.path).length > 10;
  const [pid] = await sweeps.holdWhen(sweep.path, started, 'the element is at work');
  const before = shardsOf(sweep.path).length;
  expect(before).toBeLessThan(300);
  expect(sweeps.cluster.elements(sweep.job)[0].restarts).toBe(0);
  await sweeps.cluster.until(
    () => {
      if (hasPending(pid, 12)) signal(pid, 'SIGCONT');
      return sweeps.cluster.elements(sweep.job)[0].restarts > 0;
    },
    150,
    'the element is requeued',
  );
  const kept = shardsOf(sweep.path).length;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(300);
  sweeps.cluster.run('scancel', sweep.job);
  await sweeps.cluster.until(() => sweeps.ended(sweep.job), 30, 'the element is cancelled');
  // A run that began on one engine can be finished on the other.
  const { status, stdout } = await sweeps.run('resume', sweep.path, '--engine', 'local', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout).computed).toBe(300 - kept);
  await sweeps.expectCollected(sweep);
}, 300_000);
