// The benchmark of batches, of few matrices, with a library that is wrong in the place of the fastest.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { benchBatch } from '../../../bench/batch.js';

const folder = mkdtempSync(join(tmpdir(), 'emft-batch-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const options = { sizes: [3, 16], count: 20, rounds: 3, seed: 1, libraries: [] };

test('every contender has a sample a round, and ours are there on one thread and on two', async () => {
  const lines: string[] = [];
  await benchBatch({ ...options, output: folder, log: (text) => void lines.push(text) });
  const { cases } = JSON.parse(readFileSync(join(folder, 'batch.json'), 'utf8'));
  expect(cases.map(({ n, count }: { n: number; count: number }) => [n, count])).toEqual([
    [3, 20],
    [16, 20],
  ]);
  for (const { contenders } of cases) {
    expect(contenders.slice(0, 2)).toMatchObject([
      { name: 'emft eighBatch', threads: 1 },
      { name: 'emft eighBatch', threads: 2 },
    ]);
    for (const { samples } of contenders) {
      expect(samples).toHaveLength(3);
      expect(Math.min(...samples)).toBeGreaterThan(0);
    }
  }
  expect(lines.join('\n')).toContain('20 matrices of order 16:\n  emft eighBatch, 1 thread: ');
}, 120_000);

test('a library that gives the diagonal for eigenvalues is not timed', async () => {
  const source = `
char *openblas_get_corename(void) { return "SapphireRapids"; }
void dsyevd_(char *job, char *uplo, int *n, double *a, int *lda, double *w, double *work, int *lwork, int *iwork, int *liwork, int *info) {
  *info = 0;
  if (*lwork == -1) { work[0] = 4; iwork[0] = 3; return; }
  for (int k = 0; k < *n; ++k) w[k] = a[k * (*n + 1)];
}`;
  const library = join(folder, 'wrong.so');
  writeFileSync(join(folder, 'wrong.c'), source);
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, join(folder, 'wrong.c')]);
  const run = benchBatch({ ...options, sizes: [16], libraries: [library], log: () => undefined });
  await expect(run).rejects.toThrow(/^C loop of dsyevd, wrong\.so \(named\): eigenvalue \d+ of matrix 0 is /);
}, 120_000);
