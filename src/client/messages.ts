// What a client and its worker say to each other.
import type { CoreOptions } from '../index.js';

/** The options of a core, as they can be sent: addresses are texts. */
export type SentOptions = Omit<CoreOptions, 'wasm' | 'worker'> & {
  wasm?: { url: string } | { source: BufferSource | WebAssembly.Module };
  worker?: string;
};

/** What the client sends: first `start`, then calls, which the worker answers one after another. */
export type Request =
  | { kind: 'start'; options: SentOptions }
  | {
      kind: 'call';
      id: number;
      /** The object whose method is called: 0 is the core, others are objects that calls have returned. */
      target: number;
      method: string;
      args: unknown[];
      /**
       * The method ends in Async, and its last argument is to get a signal, and `onProgress` where progress is wanted; or it is a
       * function of one's own, which is always watched.
       */
      watched?: { progress: boolean };
    }
  | { kind: 'stop'; id: number }
  | { kind: 'release'; target: number };

/** The core as it stands in the worker, and the functions of one's own beside it. */
export interface About {
  build: 'simd' | 'relaxed';
  threads: number;
  notes: readonly string[];
  methods: readonly string[];
  own: readonly string[];
}

/** An error of the package, or another one, as it can be sent. */
export interface SentError {
  name: string;
  message: string;
  /** Fields of an InputError. */
  path?: readonly (string | number)[];
  reason?: string;
  /** Fields of a MemoryError, in bytes. */
  needed?: number;
  available?: number;
}

/** What the worker sends: `started` or `failed`, then what becomes of calls. */
export type Reply =
  | { kind: 'started'; about: About }
  | { kind: 'failed'; error: SentError }
  | { kind: 'progress'; id: number; fraction: number; soFar?: unknown }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: SentError };

/** The end of a channel between two threads, of Node or of a page. */
export interface Port<Out, In> {
  post(message: Out, transfer?: Transferable[]): void;
  listen(hear: (message: In) => void): void;
}
