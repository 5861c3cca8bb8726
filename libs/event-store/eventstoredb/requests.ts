import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { AppendReq, BatchAppendReq, ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type Draft, type Position, type Revision, START } from '#event-store';

type Direction = 'forwards' | 'backwards';

const { Options } = streams.ReadReq;
const DIRECTIONS = { forwards: Options.ReadDirection.FORWARDS, backwards: Options.ReadDirection.BACKWARDS };
const JSON_TYPE = 'application/json';
const NOT_SYSTEM = '^[^$]';
/** How many events the server filters in one pass. */
const WINDOW = 500;
/** After how many passes it reports its position: the only answer while no event matches. */
const CHECKPOINT_INTERVAL = 16;

/** Events of one stream. Without a revision, from where the direction begins. */
export function readOfStream(
  stream: string,
  direction: Direction,
  from: Revision | undefined,
  limit: number,
): ReadReq {
  const of = new Options.StreamOptions().setStreamIdentifier(identifier(stream));
  if (from !== undefined) of.setRevision(`${from}`);
  else if (direction === 'forwards') of.setStart(empty());
  else of.setEnd(empty());
  return request(new Options().setStream(of).setNoFilter(empty()), direction, limit);
}

/** The log from a position on, including the event at it, in pages. */
export function readOfLog(from: Position, limit: number): ReadReq {
  const options = new Options().setAll(allFrom(from)).setFilter(filter());
  return request(options, 'forwards', limit);
}

/**
 * The last events before a position, or of all.
 * @param system whether system events are included
 */
export function readOfEnd(
  before: Position | 'end',
  limit: number,
  system: 'with-system' | 'without-system',
): ReadReq {
  const all = before === 'end' ? new Options.AllOptions().setEnd(empty()) : allFrom(before);
  const options = new Options().setAll(all);
  if (system === 'with-system') options.setNoFilter(empty());
  else options.setFilter(filter());
  return request(options, 'backwards', limit);
}

/** The log after a position, and then new events. */
export function subscription(after: Position): ReadReq {
  const options = new Options()
    .setAll(allFrom(after))
    .setFilter(filter())
    .setSubscription(new Options.SubscriptionOptions())
    .setUuidOption(idsAsText());
  return new streams.ReadReq().setOptions(options);
}

/** An append in its parts: where to, and each event. */
export function append(stream: string, events: readonly Draft[], after: Revision | 'none'): AppendReq[] {
  const where = new streams.AppendReq.Options().setStreamIdentifier(identifier(stream));
  if (after === 'none') where.setNoStream(empty());
  else where.setRevision(`${after}`);
  return [new streams.AppendReq().setOptions(where), ...events.map(proposed)];
}

/** An append in one message, for a stream of appends; its answer will have the same id. */
export function batchAppend(
  id: string,
  stream: string,
  events: readonly Draft[],
  after: Revision | 'none',
): BatchAppendReq {
  const where = new streams.BatchAppendReq.Options().setStreamIdentifier(identifier(stream));
  if (after === 'none') where.setNoStream(empty());
  else where.setStreamPosition(`${after}`);
  const messages = events.map((event) => proposal(new streams.BatchAppendReq.ProposedMessage(), event));
  return new streams.BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(id))
    .setOptions(where)
    .setProposedMessagesList(messages)
    .setIsFinal(true);
}

function proposed(event: Draft): AppendReq {
  const message = proposal(new streams.AppendReq.ProposedMessage(), event);
  return new streams.AppendReq().setProposedMessage(message);
}

function proposal<Message extends AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage>(
  message: Message,
  { id, type, data, metadata }: Draft,
): Message {
  message.setId(new shared.UUID().setString(id));
  message.setData(Buffer.from(data));
  message.setCustomMetadata(Buffer.from(metadata));
  message.getMetadataMap().set('type', type).set('content-type', JSON_TYPE);
  return message;
}

function request(options: ReadReq.Options, direction: Direction, limit: number): ReadReq {
  options.setReadDirection(DIRECTIONS[direction]).setCount(`${limit}`).setUuidOption(idsAsText());
  return new streams.ReadReq().setOptions(options);
}

function allFrom(position: Position): ReadReq.Options.AllOptions {
  const all = new Options.AllOptions();
  if (position === START) return all.setStart(empty());
  const place = new Options.Position().setCommitPosition(`${position}`).setPreparePosition(`${position}`);
  return all.setPosition(place);
}

function filter(): ReadReq.Options.FilterOptions {
  return new Options.FilterOptions()
    .setStreamIdentifier(new Options.FilterOptions.Expression().setRegex(NOT_SYSTEM))
    .setMax(WINDOW)
    .setCheckpointintervalmultiplier(CHECKPOINT_INTERVAL);
}

function identifier(stream: string) {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
}

function idsAsText(): ReadReq.Options.UUIDOption {
  return new Options.UUIDOption().setString(empty());
}

function empty() {
  return new shared.Empty();
}
