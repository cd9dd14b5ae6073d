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

process.on('message', async ({ args, cwd }) => {
  output = { stdout: '', stderr: '' };
  process.chdir(cwd);
  process.argv = [process.execPath, 'emft', ...args];
  process.exitCode = undefined;
  await main();
  process.send({ ...output, status: process.exitCode ?? 0 });
});
process.send('ready');
