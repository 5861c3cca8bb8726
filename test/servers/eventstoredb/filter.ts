import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './log.ts';

/** The search window when the client gives none, in events. */
const DEFAULT_WINDOW = 32;

export interface Filter {
  readonly passes: (record: LogRecord) => boolean;
  /** The number of examined events after which a checkpoint is sent. */
  readonly checkpointEvery: number;
}

/** Without options, every event passes and no checkpoint is sent. */
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
