// `emft explore`: serves the explorer to this machine alone.
import type { Command } from 'commander';
import { InputError } from 'emft';
import { parseInteger } from './common.js';

export function addExplore(program: Command): void {
  program
    .command('explore')
    .description('serve the explorer page on this machine; Ctrl+C ends it')
    .option('--port <P>', 'port on 127.0.0.1; 0 takes a free one', parseInteger, 8070)
    .action(async ({ port }: { port: number }) => {
      if (port < 0 || port > 65535) throw new InputError('--port', `expected 0 to 65535, got ${port}`);
      // No other command needs Node's http, which Node 22 does not load without WebAssembly.
      const { serve } = await import('../explorer/server.js');
      const started = await serve(port);
      process.once('SIGINT', () => {
        process.exitCode = 130;
        started.close();
      });
      process.stdout.write(`http://127.0.0.1:${started.port}/\n`);
    });
}
