#!/usr/bin/env node
// The command line: one file per command. Results on stdout, everything else on stderr.
// Exit status: 0 done; 1 a computation failed; 2 bad input or usage; 130 interrupted.
import { main } from './program.js';

// A reader that has seen enough (`emft … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

await main();
