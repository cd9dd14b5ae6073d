// Threads and quotas of processor time: Node 20 counts the cores of the machine, whatever a container may use of them.
import { expect, test, vi } from 'vitest';
import { processorQuota } from '../../../src/wasm/quota.js';

/** Quota of a process that sees these files. */
const quotaOf = (files: Record<string, string>) => processorQuota((path) => files[path]);

test('eight threads on a quota of one core, in a container of version 2', () => {
  const self = '0::/\n';
  const quota = (text: string) => quotaOf({ '/proc/self/cgroup': self, '/sys/fs/cgroup/cpu.max': text });
  expect(quota('100000 100000\n')).toBe(1);
  expect(quota('250000 100000\n')).toBe(2.5);
  expect(quota('20000 100000\n')).toBe(0.2);
  expect(quota('max 100000\n')).toBe(Number.POSITIVE_INFINITY);
});

test('the quota of a slice bounds the service in it, which has none or a larger one', () => {
  const files = {
    '/proc/self/cgroup': '0::/user.slice/user-1000.slice/session-2.scope\n',
    '/sys/fs/cgroup/user.slice/cpu.max': '300000 100000\n',
    '/sys/fs/cgroup/user.slice/user-1000.slice/cpu.max': '800000 100000\n',
    '/sys/fs/cgroup/user.slice/user-1000.slice/session-2.scope/cpu.max': 'max 100000\n',
  };
  expect(quotaOf(files)).toBe(3);
});

test('version 1, whose path may be one of the host', () => {
  const self = '12:memory:/docker/4f0c\n7:cpu,cpuacct:/docker/4f0c\n0::/\n';
  const files = (quota: string) => ({
    '/proc/self/cgroup': self,
    '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': quota,
    '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '50000\n',
    '/sys/fs/cgroup/memory/docker/4f0c/cpu.cfs_quota_us': '1\n',
  });
  expect(quotaOf(files('100000\n'))).toBe(2);
  expect(quotaOf(files('-1\n'))).toBe(Number.POSITIVE_INFINITY);
});

test('nothing bounds it where there are no such files, or no sense in them', () => {
  expect(quotaOf({})).toBe(Number.POSITIVE_INFINITY);
  expect(quotaOf({ '/proc/self/cgroup': '0::/\n' })).toBe(Number.POSITIVE_INFINITY);
  const spoilt = { '/proc/self/cgroup': 'x\n0::/\n', '/sys/fs/cgroup/cpu.max': '100000\n' };
  expect(quotaOf(spoilt)).toBe(Number.POSITIVE_INFINITY);
});

test("threads: 'auto' takes one thread on a quota of one and a half", async () => {
  const files: Record<string, string> = {
    '/proc/self/cgroup': '0::/\n',
    '/sys/fs/cgroup/cpu.max': '150000 100000\n',
  };
  vi.doMock('node:os', () => ({ availableParallelism: () => 8 }));
  vi.doMock('node:fs', () => ({
    readFileSync: (path: string) => {
      if (files[path] === undefined) throw new Error(`no ${path}`);
      return files[path];
    },
  }));
  try {
    const { automaticThreads } = await import('../../../src/wasm/teamMember.js');
    expect(await automaticThreads()).toBe(1);
    files['/sys/fs/cgroup/cpu.max'] = '300000 100000\n';
    expect(await automaticThreads()).toBe(3);
    files['/sys/fs/cgroup/cpu.max'] = 'max 100000\n';
    expect(await automaticThreads()).toBe(8);
  } finally {
    vi.doUnmock('node:os');
    vi.doUnmock('node:fs');
  }
});

test('workers of a sweep saw no quota of a container', async () => {
  const files: Record<string, string> = {
    '/proc/self/cgroup': '0::/\n',
    '/sys/fs/cgroup/cpu.max': '250000 100000\n',
  };
  const os = await vi.importActual<typeof import('node:os')>('node:os');
  const fs = await vi.importActual<typeof import('node:fs')>('node:fs');
  vi.resetModules();
  vi.doMock('node:os', () => ({ ...os, availableParallelism: () => 8 }));
  vi.doMock('node:fs', () => ({
    ...fs,
    readFileSync: (path: string, ...more: never[]) => files[path] ?? fs.readFileSync(path, ...more),
  }));
  try {
    const { cores } = await import('../../../cli/src/files/cores.js');
    expect(cores()).toBe(2);
    const { TaskPool } = await import('../../../cli/src/sweeps/engines/local/pool.js');
    const pool = new TaskPool();
    expect(pool.workers).toBe(2);
    await pool.close();
  } finally {
    vi.doUnmock('node:os');
    vi.doUnmock('node:fs');
  }
});
