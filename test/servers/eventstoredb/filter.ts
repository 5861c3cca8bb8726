import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './log.ts';

/** How many events a server looks at in one go when the client does not say. */
const DEFAULT_WINDOW = 32;

export interface Filter {
  readonly passes: (record: LogRecord) => boolean;
  /** After how many events looked at a checkpoint is due. */
  readonly checkpointEvery: number;
}

/** Lets everything pass, and asks for no checkpoint, when there are no options. */
export function filterOf(options: ReadReq.Options.FilterOptions | undefined): Filter | undefined {
  if (!options) return undefined;
  const byType = options.getEventType();
  const expression = byType ?? options.getStreamIdentifier();
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = new RegExp(expression?.getRegex() ?? '', 'u');
  const window = options.hasMax() ? options.getMax() : DEFAULT_WINDOW;
  return {
    passes: (record) => {
      const text = byType ? record.type : record.stream;
      return prefixes.length > 0 ? prefixes.some((prefix) => text.startsWith(prefix)) : regex.test(text);
    },
    checkpointEvery: window * options.getCheckpointintervalmultiplier(),
  };
}
