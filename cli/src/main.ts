#!/usr/bin/env node
// The command line: one file per command. Results on stdout, everything else on stderr.
// Exit status: 0 done; 1 a computation failed or its output was lost; 2 bad input or usage; 130 interrupted.
import { isatty } from 'node:tty';
import { checkLibrary } from './library.js';

checkLibrary();
// Imported late, because another version of the library may lack the names that these import.
const [{ main, report }, { guardStreams }] = await Promise.all([
  import('./commands/program.js'),
  import('./files/streams.js'),
]);

guardStreams();

// Node undoes what `nohup` did. Where no terminal is left to hang up, the signal is not meant for this process.
if (![0, 1, 2].some(isatty)) process.on('SIGHUP', () => {});

process.on('uncaughtException', (error) => {
  report(error);
  process.exit();
});

// If everything that is awaited is gone, Node would end as if all were done.
let ended = false;
process.on('exit', () => {
  if (ended || process.exitCode) return;
  report(new Error('ended before its work was done'));
});

main().then(() => {
  ended = true;
});
