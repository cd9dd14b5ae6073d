// Runs calls of the command, or modules, one after another in this process: starting Node and reading the modules of the command
// or of the library costs a hundred times what most take. Each has its own arguments, directory, streams and exit status.
import { pathToFileURL } from 'node:url';

let output;
for (const name of ['stdout', 'stderr']) {
  process[name].write = (piece, encoding, done) => {
    output[name] += typeof piece === 'string' ? piece : Buffer.from(piece).toString();
    const told = typeof encoding === 'function' ? encoding : done;
    if (told) process.nextTick(told);
    return true;
  };
}

/** What keeps this process going, apart from files that are being read and what is due at once. */
const open = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => !/^(FSReq|Immediate|TickObject)/.test(name))
    .sort();

/** As Node does: what it throws goes to standard error. */
async function runModule(file) {
  try {
    await import(pathToFileURL(file));
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error?.stack ?? error}\n`);
  }
}

let atFirst;
process.on('message', async ({ args, module, cwd }) => {
  atFirst ??= open().join(' ');
  output = { stdout: '', stderr: '' };
  process.chdir(cwd);
  process.argv = [process.execPath, ...(args ? ['emft', ...args] : [module])];
  process.exitCode = undefined;
  if (module) await runModule(module);
  else await (await import('../../../cli/dist/commands/program.js')).main();
  // A process of its own would go on for as long as this is open. What is being closed takes turns of the loop.
  let left = open().join(' ');
  for (let turn = 0; left !== atFirst && turn < 10_000; ++turn) {
    await new Promise((resolve) => setImmediate(resolve));
    left = open().join(' ');
  }
  if (left !== atFirst) output.stderr += `left open: ${left}, at first ${atFirst}\n`;
  process.send({
    ...output,
    status: left === atFirst ? (process.exitCode ?? 0) : 70,
    kilobytes: process.resourceUsage().maxRSS,
  });
});
process.send('ready');
