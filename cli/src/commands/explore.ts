// emft explore: serves the explorer to this machine alone.
import { command } from './command.js';
import { integer } from './flags.js';

export const explore = command({
  name: 'explore',
  description: 'serve the explorer page on this machine; Ctrl+C ends it',
  example: '',
  flags: {
    port: integer('--port <P>', 'port on 127.0.0.1; 0 takes a free one', {
      default: 8070,
      allowed: { min: 0, max: 65535 },
    }),
  },
  async run({ port }) {
    // No other command needs Node's http, which Node 22 does not load without WebAssembly.
    const { serve } = await import('../explorer/server.js');
    const started = await serve(port);
    process.once('SIGINT', () => {
      process.exitCode = 130;
      started.close();
    });
    process.stdout.write(`http://127.0.0.1:${started.port}/\n`);
  },
});
