// Which native libraries there are, and which of them are a baseline.
import { describe, expect, test } from 'vitest';
import { nativeTable } from '../../../bench/lab/table.js';
import { ofLinker, pythons } from '../../../bench/native/discover.js';
import { judgeKernel, widthOfKernel, widthOfMachine } from '../../../bench/native/kernels.js';

describe('where Pythons are looked for', () => {
  const folders: Record<string, string[]> = {
    '/root/.pyenv/shims': ['python3', 'python3.11', 'python3-config', 'python3.11-gdb.py', 'pip3'],
    '/root/.pyenv/versions': ['2.7.18', '3.11.7', '3.13.0'],
    '/root/.pyenv/versions/2.7.18/bin': ['python', 'python2'],
    '/root/.pyenv/versions/3.11.7/bin': ['python3', 'python3.11'],
    '/root/.pyenv/versions/3.13.0/bin': ['python3'],
    '/opt/pyenv/versions': ['3.12.1'],
    '/opt/pyenv/versions/3.12.1/bin': ['python3.12'],
    '/usr/bin': ['python3', 'perl'],
  };
  const list = (folder: string) => folders[folder] ?? [];

  test('in all of PATH, in shims and the versions beside them, and in the versions of pyenv', () => {
    const env = { PATH: '/root/.pyenv/shims::/usr/bin', HOME: '/nobody', PYENV_ROOT: '/opt/pyenv' };
    expect(pythons(env, list)).toEqual([
      '/root/.pyenv/shims/python3',
      '/root/.pyenv/shims/python3.11',
      '/usr/bin/python3',
      '/opt/pyenv/versions/3.12.1/bin/python3.12',
      '/root/.pyenv/versions/3.11.7/bin/python3',
      '/root/.pyenv/versions/3.11.7/bin/python3.11',
      '/root/.pyenv/versions/3.13.0/bin/python3',
    ]);
  });

  test('an empty environment still has the folders of the system', () => {
    expect(pythons({ HOME: '/nobody' }, list)).toEqual(['/usr/bin/python3']);
  });
});

test('libraries that the linker knows', () => {
  const text = [
    '1234 libs found in cache `/etc/ld.so.cache',
    '\tlibopenblas.so.0 (libc6,x86-64) => /lib/x86_64-linux-gnu/libopenblas.so.0',
    '\tliblapacke.so.3 (libc6,x86-64) => /lib/x86_64-linux-gnu/liblapacke.so.3',
    '\tliblapack.so.3 (libc6,x86-64) => /lib/x86_64-linux-gnu/liblapack.so.3',
    '\tlibmkl_rt.so.2 (libc6,x86-64) => /opt/intel/mkl/lib/libmkl_rt.so.2',
    '\tlibblas.so.3 (libc6,x86-64) => /lib/x86_64-linux-gnu/libblas.so.3',
    '\tlibz.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libz.so.1',
  ].join('\n');
  expect(ofLinker(text)).toEqual([
    '/lib/x86_64-linux-gnu/libopenblas.so.0',
    '/lib/x86_64-linux-gnu/liblapack.so.3',
    '/opt/intel/mkl/lib/libmkl_rt.so.2',
  ]);
  expect(ofLinker('')).toEqual([]);
});

describe('kernels', () => {
  test('by the instructions they are written in', () => {
    expect(
      ['Prescott', 'Nehalem', 'SandyBridge', 'Haswell', 'Zen', 'SkylakeX', 'Cooperlake'].map(widthOfKernel),
    ).toEqual(['sse', 'sse', 'avx', 'avx2', 'avx2', 'avx512', 'avx512']);
    expect(widthOfKernel('NEOVERSEN1')).toBeUndefined();
  });

  test('machines by their flags', () => {
    expect(widthOfMachine('fpu sse sse2 avx avx2 avx512f avx512bw')).toBe('avx512');
    expect(widthOfMachine('fpu sse sse2 avx avx2 fma')).toBe('avx2');
    expect(widthOfMachine('FPU SSE SSE2 AVX1.0')).toBe('avx');
    expect(widthOfMachine('fpu sse sse2')).toBe('sse');
    expect(widthOfMachine('')).toBeUndefined();
  });

  test('the kernel of a processor that OpenBLAS does not know is no baseline where there is AVX2 or AVX-512', () => {
    const said = 'runs its kernel Prescott (sse) on a machine with avx512: no baseline';
    expect(judgeKernel('Prescott', 'avx512')).toEqual({ refused: said });
    expect(judgeKernel('Prescott', 'avx2').refused).toContain('no baseline');
    expect(judgeKernel('Nehalem', 'avx2').refused).toContain('no baseline');
    expect(judgeKernel('SandyBridge', 'avx512').refused).toContain('no baseline');
    expect(judgeKernel('generic', 'avx2').refused).toContain('no baseline');
  });

  test('it is one where the machine has no more, and so are all kernels made for what the machine has', () => {
    expect(judgeKernel('Prescott', 'sse')).toEqual({});
    expect(judgeKernel('SandyBridge', 'avx')).toEqual({});
    expect(judgeKernel('Haswell', 'avx2')).toEqual({});
    expect(judgeKernel('SkylakeX', 'avx512')).toEqual({});
    expect(judgeKernel('Haswell', 'avx512')).toEqual({
      remark: 'its kernel Haswell is avx2, the machine has avx512',
    });
    expect(judgeKernel('ARMV8', undefined)).toEqual({});
  });

  test('reference LAPACK, which tells no kernel, was the baseline on a machine with AVX-512', () => {
    const said = 'does not tell its kernel, on a machine with avx512: no baseline';
    expect(judgeKernel('', 'avx512')).toEqual({ refused: said });
    expect(judgeKernel('', 'avx2').refused).toContain('no baseline');
    expect(judgeKernel('', 'avx')).toEqual({ remark: 'does not tell its kernel' });
    expect(judgeKernel('', undefined)).toEqual({ remark: 'does not tell its kernel' });
  });

  test('nor is a kernel of an unknown name one there', () => {
    const said = 'runs a kernel LAKEX that is not known here, on a machine with avx2: no baseline';
    expect(judgeKernel('LAKEX', 'avx2')).toEqual({ refused: said });
    expect(judgeKernel('LAKEX', 'sse')).toEqual({});
  });

  test('the table says that a library that tells no kernel is refused, and that there is no baseline', () => {
    const library = {
      path: '/usr/lib/liblapack.so.3',
      from: 'the linker',
      kernel: '',
      config: '',
      threads: 0,
    };
    const found = { ...library, probe: 0.05, baseline: false, ...judgeKernel('', 'avx512') };
    expect(nativeTable([found]).split('\n')).toEqual([
      'refused  /usr/lib/liblapack.so.3, kernel unknown (the linker): dsyevd of order 256 in 50 ms; does not tell its kernel, on a machine with avx512: no baseline',
      'no baseline: every library here runs a generic kernel, or one that is not known',
    ]);
  });
});
