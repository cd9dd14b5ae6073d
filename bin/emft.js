#!/usr/bin/env node
// The command lives in the package emft-cli. Where that is installed beside this one it runs; else one line says so.
let command;
try {
  command = new URL('./dist/main.js', import.meta.resolve('emft-cli/package.json')).href;
} catch {
  process.stderr.write('emft: the command is in the package emft-cli: npx emft-cli\n');
  process.exitCode = 2;
}
if (command) await import(command);
