// Preloaded by a program: each thread of it appends to a file which packages it loads, when it does.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { threadId } from 'node:worker_threads';

const PACKAGE = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/;

const packages = new Set<string>();

registerHooks({
  load(url, context, next) {
    const name = PACKAGE.exec(url)?.[1];
    if (name !== undefined && !packages.has(name)) {
      packages.add(name);
      appendFileSync(`${process.env.LOADED_TO}/${threadId}`, `${name}\n`);
    }
    return next(url, context);
  },
});
