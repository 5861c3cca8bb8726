#!/usr/bin/env -S node --disable-warning=ExperimentalWarning --enable-source-maps
// Commands for operators: `npm run ctl -- <command>`. Each group of them is a folder beside this file.
import { audit } from './audit/index.ts';
import { CommandLine } from './command-line.ts';
import { migrate } from './migrate/index.ts';

// Whoever reads the answer, as `head` does, may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const line = new CommandLine({ env: process.env, out: process.stdout, err: process.stderr });

process.exitCode = await line.run(process.argv.slice(2), 'For those who run Tessera.', [
  audit(line),
  migrate(line),
]);
