// The process that drives a native LAPACK, with a small library in its place: one that solves diagonal matrices, and says of itself what the
// test wants to hear.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile, open } from '../../../bench/native/process.js';

const SOURCE = `
#include <stdlib.h>
#include <string.h>
static int threads = 1;
void openblas_set_num_threads(int n) { threads = n; }
int openblas_get_num_threads(void) { return getenv("STUBBORN") ? 7 : threads; }
char *openblas_get_corename(void) { return "Prescott"; }
char *openblas_get_config(void) { return "OpenBLAS 0.3.21 \\"quoted\\""; }
void dsyevd_(char *job, char *uplo, int *n, double *a, int *lda, double *w, double *work, int *lwork, int *iwork, int *liwork, int *info) {
  *info = 0;
  if (*lwork == -1) { work[0] = 4; iwork[0] = 3; return; }
  if (*lwork != 4 || *liwork != 3 || *uplo != 'L') { *info = -1; return; }
  for (int k = 0; k < *n; ++k) w[k] = a[k * (*n + 1)];
  if (*job == 'V') {
    memset(a, 0, sizeof(double) * *n * *n);
    for (int k = 0; k < *n; ++k) a[k * (*n + 1)] = 1;
  }
}
`;

const folder = mkdtempSync(join(tmpdir(), 'emft-native-'));
const library = join(folder, 'lapack.so');
let program: string;
beforeAll(async () => {
  writeFileSync(join(folder, 'lapack.c'), SOURCE);
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, join(folder, 'lapack.c')]);
  program = await compile(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a native library', () => {
  test('tells its kernel, solves copies of what it is given, and gives back what it computed', async () => {
    const native = await open(program, library, 1, folder);
    expect(native.about).toEqual({
      kernel: 'Prescott',
      config: 'OpenBLAS 0.3.21 "quoted"',
      threads: 1,
      wide: false,
    });
    await native.load('symmetric', 3, Float64Array.of(1, 0, 0, 0, 2, 0, 0, 0, 4));
    expect(await native.run('dsyevd', 5)).toBeGreaterThan(0);
    const { values, vectors } = await native.read('dsyevd', 'symmetric', 3);
    expect([Array.from(values), Array.from(vectors!)]).toEqual([
      [1, 2, 4],
      [1, 0, 0, 0, 1, 0, 0, 0, 1],
    ]);
    expect(await native.run('dsyevd_N', 1)).toBeGreaterThan(0);
    expect((await native.read('dsyevd_N', 'symmetric', 3)).vectors).toHaveLength(0);
    native.close();
  });

  test('a stack is decomposed by a loop, on one thread or several, and is not spoilt by it', async () => {
    const native = await open(program, library, 1, folder);
    const count = 5;
    const all = Float64Array.from({ length: 4 * count }, (_, p) =>
      p % 4 === 0 ? p : p % 4 === 3 ? p + 7 : 0,
    );
    await native.stack(2, count, all);
    for (const workers of [1, 2, 3]) {
      expect(await native.loop('dsyevd', workers)).toBeGreaterThan(0);
      const { values, vectors } = await native.keep(2, count);
      expect(Array.from(values)).toEqual([0, 10, 4, 14, 8, 18, 12, 22, 16, 26]);
      expect(Array.from(vectors)).toEqual([0, 1, 2, 3, 4].flatMap(() => [1, 0, 0, 1]));
    }
    await expect(native.loop('dsyev', 1)).rejects.toThrow('is not in this library');
    await expect(native.loop('dsyevr', 1)).rejects.toThrow('is not in this library');
    await expect(native.loop('dsyevd', 0)).rejects.toThrow('refuses its arguments');
    native.close();
  });

  test('a driver that it does not have is refused, and it goes on', async () => {
    const native = await open(program, library, 1, folder);
    await native.load('symmetric', 1, Float64Array.of(5));
    await expect(native.run('dsyevr', 1)).rejects.toThrow('is not in this library');
    await native.run('dsyevd', 1);
    expect(Array.from((await native.read('dsyevd', 'symmetric', 1)).values)).toEqual([5]);
    native.close();
  });

  test('one that does not keep to the threads that it may use is refused', async () => {
    process.env.STUBBORN = '1';
    try {
      await expect(open(program, library, 1, folder)).rejects.toThrow('uses 7 threads where 1 are asked for');
    } finally {
      delete process.env.STUBBORN;
    }
  });

  test('a file that is none, and a library without dsyevd', async () => {
    await expect(open(program, join(folder, 'none.so'), 1, folder)).rejects.toThrow(/none\.so/);
    writeFileSync(join(folder, 'other.c'), 'int other(void) { return 1; }');
    execFileSync('cc', ['-shared', '-fPIC', '-o', join(folder, 'other.so'), join(folder, 'other.c')]);
    await expect(open(program, join(folder, 'other.so'), 1, folder)).rejects.toThrow('has no dsyevd');
  });
});
