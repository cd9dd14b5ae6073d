// Sizes of caches, from what systems tell of them.
import { expect, test } from 'vitest';
import { caches } from '../../../bench/caches.js';

const none = { read: () => '', list: () => [] as string[], run: () => '' };

test('by the folders of Linux, without those of instructions', () => {
  const home = '/sys/devices/system/cpu/cpu0/cache';
  const files: Record<string, string> = {
    'index0/type': 'Data',
    'index0/level': '1',
    'index0/size': '48K',
    'index1/type': 'Instruction',
    'index1/level': '1',
    'index1/size': '64K',
    'index2/type': 'Unified',
    'index2/level': '2',
    'index2/size': '2048K',
  };
  const list = (folder: string) => (folder === home ? ['index0', 'index1', 'index2', 'uevent'] : []);
  const read = (path: string) => files[path.slice(home.length + 1)] ?? '';
  expect(caches({ ...none, list, read })).toEqual({ L1d: '48K', L2: '2048K' });
});

test('a virtual machine without those folders left the caches empty, where getconf tells them', () => {
  const text = [
    'LEVEL1_ICACHE_SIZE                 65536',
    'LEVEL1_DCACHE_SIZE                 49152',
    'LEVEL1_DCACHE_LINESIZE             64',
    'LEVEL2_CACHE_SIZE                  2097152',
    'LEVEL3_CACHE_SIZE                  0',
    'LEVEL4_CACHE_SIZE                  ',
  ].join('\n');
  // A folder whose files cannot be read tells no more than none.
  const list = () => ['index0', 'index1'];
  const run = (program: string) => (program === 'getconf' ? text : '');
  expect(caches({ ...none, list, run })).toEqual({ L1d: '48K', L2: '2048K' });
});

test('by the names of macOS, and none where nothing tells them', () => {
  const text = 'hw.l1dcachesize: 65536\nhw.l2cachesize: 4194304\n';
  const run = (program: string) => (program === 'sysctl' ? text : '');
  expect(caches({ ...none, run })).toEqual({ L1d: '64K', L2: '4096K' });
  expect(caches(none)).toEqual({});
});
