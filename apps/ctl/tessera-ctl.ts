#!/usr/bin/env -S node --disable-warning=ExperimentalWarning --enable-source-maps
// Commands for operators: `npm run ctl -- <command>`.
import 'reflect-metadata';
import { CommandLine } from './command-line.ts';
import { commandsFor } from './commands.ts';

// A reader such as `head` may close the pipe early.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const line = new CommandLine({ env: process.env, out: process.stdout, err: process.stderr });
const args = process.argv.slice(2);
process.exitCode = await line.run(args, 'For operators of Tessera.', await commandsFor(args, line));
