import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/**
 * What is about threads, latency and memory: another test beside it would change what it sees, or take three times as long, as threads
 * that wait for threads without a core do.
 */
const alone = [
  // But what counts bytes, compares bits on one thread, or asks what a host allows.
  'test/hosts/!(claimsBits|hosts|memoryPeaks|nodes|relaxedBuilds).test.ts',
  'test/fuzz/torture.test.ts',
  // Processor time of the page's workers, and workers on every core.
  'test/browser/{pageHosts,webCancel,webTimes}.test.ts',
  'test/cli/commands/{ed,restrictedHosts}.test.ts',
];

/** The longest of test/unit, which `npm run test:quick` leaves out. */
const long = [
  'test/unit/bench/refusals.test.ts',
  'test/unit/bench/solverFile.test.ts',
  'test/unit/eigen/{claimsVectors,eighAsync,eighBanded,eighComplex,eighExtremes,eighTridiagonal,generalized}.test.ts',
  'test/unit/eigen/{divideAndConquer,eighRange,jacobiRange,knownSpectra,lapack,verify}.test.ts',
  'test/unit/grain/{copies,filtered,kernels,randomModel,readings}.test.ts',
  'test/unit/meanfield/{grainEnhancement,grainNorms,grains}.test.ts',
  'test/unit/lattice/{latticeCouplings,latticeOrbitals,latticeVerdict,readings}.test.ts',
  'test/unit/operator/{callbacks,eigsh,eigshCount,eigshMemory,evolve,evolveExact,exponents,inner,innerCopies,manyCopies,measureThreads,restarts,spinModels}.test.ts',
  'test/unit/wasm/asyncTwins.test.ts',
];
/** The command's rooms, whose modules are much the same from file to file. */
const commands = ['test/cli/**/*.test.ts', 'test/docs/{docs,examples,sweepKinds}.test.ts'];
/** What is installed from the tarballs, which are made once. */
const packages = ['test/package/{package,pages,recipes}.test.ts'];
const quick = ['test/unit/**/*.test.ts', 'test/house/**/*.test.ts'];

/** What takes longest begins first, so that at the end no worker is busy alone with a long file. */
const first = [
  'slurm/slurm',
  'slurm/timeLimit',
  'files/inputFiles',
  'files/outputDirectories',
  'browser/webState',
  'docs/site',
  'docs/docs',
  'browser/eigenFamily',
  'package/pages',
  'package/recipes',
  'commands/streams',
  'paper/figures',
  'files/outputFiles',
];
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const k = first.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
      // Files of one project in a row share the processes that have its modules; the quick ones come last.
      return k < 0
        ? first.length + ['packages', 'computing', 'commands', 'long', 'quick'].indexOf(project.name)
        : k;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** Four files at a time, for many wait for a browser, a cluster or a process; or one. Projects of one order run together, orders one after another. */
const together = { maxWorkers: 4, sequence: { groupOrder: 1 } };
const byItself = { maxWorkers: 1, sequence: { groupOrder: 2 } };

export default defineConfig({
  // The packages' TypeScript, whatever was built: tests of dist/ start processes of their own or say so.
  resolve: {
    alias: [
      { find: /^emft$/, replacement: source('index.ts') },
      { find: /^emft\/check$/, replacement: source('check.ts') },
      { find: /^emft\/(accuracy|client|eigen)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    testTimeout: 120_000,
    hookTimeout: 300_000,
    setupFiles: 'test/support/bytesFirst.ts',
    sequence: { sequencer: LongestFirst },
    projects: [
      // Modules are read once a worker in place of once a file: 15 s in place of 45.
      {
        extends: true,
        test: { name: 'quick', include: quick, exclude: long, isolate: false, ...together },
      },
      { extends: true, test: { name: 'long', include: long, isolate: false, ...together } },
      {
        extends: true,
        test: {
          name: 'computing',
          include: ['test/!(unit|house)/**/*.test.ts'],
          exclude: [...commands, ...packages, ...alone],
          ...together,
        },
      },
      {
        extends: true,
        test: {
          name: 'packages',
          include: packages,
          globalSetup: 'test/support/packOnce.ts',
          ...together,
        },
      },
      {
        extends: true,
        test: { name: 'commands', include: commands, exclude: alone, isolate: false, ...together },
      },
      { extends: true, test: { name: 'alone', include: alone, ...byItself } },
    ],
  },
});
