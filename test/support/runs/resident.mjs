// Runs calls of the command one after another in this process: starting Node and reading the command's modules costs a
// hundred times what most calls take. Each call has its own arguments, directory, streams and exit status.
const { main } = await import('../../../cli/dist/commands/program.js');

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

let atFirst;
process.on('message', async ({ args, cwd }) => {
  atFirst ??= open().join(' ');
  output = { stdout: '', stderr: '' };
  process.chdir(cwd);
  process.argv = [process.execPath, 'emft', ...args];
  process.exitCode = undefined;
  await main();
  // A process of its own would go on for as long as this is open. What is being closed takes turns of the loop.
  let left = open().join(' ');
  for (let turn = 0; left !== atFirst && turn < 10_000; ++turn) {
    await new Promise((resolve) => setImmediate(resolve));
    left = open().join(' ');
  }
  if (left !== atFirst) output.stderr += `left open: ${left}, at first ${atFirst}\n`;
  process.send({ ...output, status: left === atFirst ? (process.exitCode ?? 0) : 70 });
});
process.send('ready');
