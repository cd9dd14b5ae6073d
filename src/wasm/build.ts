// Whether a module is the build that was asked for. Any other is refused by name: it would give other bits, or trap, or
// compute with addresses that mean something else.
import type { EigenBindings } from './bindings.js';
import { BUILD_RELAXED, BUILD_SHARED, BUILD_WHOLE, VERSION } from './constants.js';
import { EmftError, InputError } from './errors.js';
import type { Build } from './load.js';

/** The build that was asked for. */
interface Wanted {
  build: Build;
  threads: number;
  /** Whether a module with the eigensolvers alone is enough; a build that has more is then enough too. */
  part: boolean;
  /** Whether the caller named the module; otherwise it is the file that ships with the package, or should be. */
  named: boolean;
}

function fileOf(shared: boolean, relaxed: boolean, whole: boolean): string {
  return `${whole ? 'emft' : 'eigen'}.${relaxed ? 'relaxed' : 'simd'}${shared ? '-threads' : ''}.wasm`;
}

function versionOf(number: number): string {
  return [Math.floor(number / 1e6), Math.floor(number / 1e3) % 1000, number % 1000].join('.');
}

function refuse(got: string, { build, threads, part, named }: Wanted): never {
  const file = fileOf(threads > 1, build === 'relaxed', !part);
  const why = part ? '' : ` for build '${build}' and threads ${threads}`;
  const message = `expected ${file} of version ${versionOf(VERSION)}${why}, got ${got}`;
  if (named) throw new InputError(['options', 'wasm'], message);
  throw new EmftError(`the .wasm that should ship with this package is another: ${message}`);
}

/** Whether a module, of whatever origin, is a build for several threads. */
export function isForThreads(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.imports(module).some(({ name }) => name === 'checkTeam');
}

/**
 * Whether the module runs over shared memory. Refuses a module that is no build of emft, a build for several threads
 * where one thread was asked for, and the other way round. `alone`: several were asked for, but the host has one only.
 */
export function runsShared(module: WebAssembly.Module, wanted: Wanted, alone: boolean): boolean {
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === 'buildTraits')) {
    refuse('a module that is not of this package, or of another version of it', wanted);
  }
  const shared = isForThreads(module);
  if (shared !== wanted.threads > 1 && !(alone && !shared)) {
    refuse(shared ? 'a build for several threads' : 'a build for one thread', wanted);
  }
  return shared;
}

/** Refuses an instance of the wrong build. */
export function checkBuild(exports: WebAssembly.Exports, wanted: Wanted): void {
  // WebAssembly types its exports by name alone. `runsShared` has seen that `buildTraits` is among them, and no other function than
  // the two that say what the build is is called before they have been looked at.
  const core = exports as unknown as EigenBindings;
  const traits = core.buildTraits();
  const version = core.buildVersion();
  const whole = (traits & BUILD_WHOLE) !== 0;
  const relaxed = (traits & BUILD_RELAXED) !== 0;
  if (version === VERSION && relaxed === (wanted.build === 'relaxed') && (whole || wanted.part)) return;
  refuse(`${fileOf((traits & BUILD_SHARED) !== 0, relaxed, whole)} of version ${versionOf(version)}`, wanted);
}
