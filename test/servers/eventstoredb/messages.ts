import codes from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import type {
  BatchAppendReq,
  ReadReq,
  ReadResp as ReadRespMessage,
} from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import {
  AppendTooLarge,
  BadRequest,
  Busy,
  CommitTimeout,
  DuplicateInProgress,
  NotImplemented,
  NotReady,
  type Refused,
  StreamDeleted,
  WrongExpectedVersion,
} from './errors.ts';
import type { Expected, LogRecord, Proposed, Written } from './log.ts';

const { AppendResp, BatchAppendResp, DeleteResp, ReadResp, TombstoneResp } = streams;
/** Field 3 of a status, of no bytes. */
const EMPTY_DETAILS = Uint8Array.of((3 << 3) | 2, 0);
const TICKS_PER_MILLISECOND = 10_000n;

interface Identifier {
  getStreamName_asU8(): Uint8Array;
}

export function streamNameOf(identifier: Identifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();
}

interface ExpectedOptions {
  hasRevision(): boolean;
  getRevision(): string;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

export function expectedOf(options: ExpectedOptions): Expected {
  if (options.hasRevision()) return BigInt(options.getRevision());
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
}

interface ProposedMessage {
  getId(): { hasStructured(): boolean; getString(): string } | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

export function proposedIn(message: ProposedMessage): Proposed {
  const id = message.getId();
  if (!id || id.hasStructured()) throw new NotImplemented('ids of two 64-bit numbers');
  return {
    id: id.getString(),
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function appended({ revision, position }: Written) {
  const success = new AppendResp.Success();
  if (revision === undefined) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(`${revision}`);
  if (position === undefined) success.setNoPosition(new shared.Empty());
  else success.setPosition(at(new AppendResp.Position(), position));
  return new AppendResp().setSuccess(success);
}

/** An append whose expectation failed is answered with a message, not with an error status. */
export function wrongExpectedVersion({ expected, actual }: WrongExpectedVersion) {
  const answer = new AppendResp.WrongExpectedVersion();
  if (actual === undefined) answer.setCurrentNoStream(new shared.Empty());
  else answer.setCurrentRevision(`${actual}`);
  if (typeof expected === 'bigint') answer.setExpectedRevision(`${expected}`);
  else if (expected === 'no_stream') answer.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') answer.setExpectedStreamExists(new shared.Empty());
  else answer.setExpectedAny(new shared.Empty());
  return new AppendResp().setWrongExpectedVersion(answer);
}

/** The same in a batch. */
export function expectedInBatch(options: BatchAppendReq.Options): Expected {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
}

/** The answer to one append of a batch, which its id identifies. */
export function batchAppended(id: string, options: BatchAppendReq.Options, what: Written | Refused) {
  const answer = new BatchAppendResp()
    .setCorrelationId(new shared.UUID().setString(id))
    .setStreamIdentifier(options.getStreamIdentifier());
  return 'code' in what ? answer.setError(refusal(what, options)) : answer.setSuccess(inBatch(what));
}

function inBatch({ revision, position }: Written) {
  const success = new BatchAppendResp.Success();
  if (revision === undefined) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(`${revision}`);
  if (position === undefined) success.setNoPosition(new shared.Empty());
  else success.setPosition(at(new shared.AllStreamPosition(), position));
  return success;
}

/** In a batch a failure has a message of its own, whose kind clients look at. */
function refusal(refused: Refused, options: BatchAppendReq.Options) {
  const answer = (name: string, details: { serializeBinary(): Uint8Array }, number: codes.Code) => {
    const kind = `event_store.client.${name}`;
    return detailed(kind, details.serializeBinary()).setMessage(name).setCode(number);
  };
  if (refused instanceof WrongExpectedVersion) {
    return answer('WrongExpectedVersion', wrongVersionInBatch(refused), codes.Code.ALREADY_EXISTS);
  }
  if (refused instanceof StreamDeleted) {
    const details = new shared.StreamDeleted().setStreamIdentifier(options.getStreamIdentifier());
    return answer('StreamDeleted', details, codes.Code.NOT_FOUND);
  }
  if (refused instanceof DuplicateInProgress || refused instanceof CommitTimeout) {
    return answer('Timeout', new shared.Timeout(), codes.Code.DEADLINE_EXCEEDED);
  }
  if (refused instanceof AppendTooLarge) {
    const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(refused.limit);
    return answer('MaximumAppendSizeExceeded', details, codes.Code.INVALID_ARGUMENT);
  }
  if (refused instanceof BadRequest) {
    const details = new shared.BadRequest().setMessage(refused.details);
    return answer('BadRequest', details, codes.Code.INVALID_ARGUMENT);
  }
  const said = detailed('google.protobuf.Empty', new Uint8Array());
  if (refused instanceof NotReady) return said.setMessage('Server Is Not Ready');
  if (refused instanceof Busy) return said.setMessage('Server Is Busy');
  return said.setMessage(refused.details).setCode(codes.Code.INTERNAL);
}

/** The stubs do not export the class of the details: one without any says that there are some, and has them then. */
function detailed(kind: string, details: Uint8Array) {
  const failure = statuses.Status.deserializeBinary(EMPTY_DETAILS);
  failure.getDetails()?.pack(details, kind);
  return failure;
}

function wrongVersionInBatch({ expected, actual }: WrongExpectedVersion) {
  const details = new shared.WrongExpectedVersion();
  if (actual === undefined) details.setCurrentNoStream(new shared.Empty());
  else details.setCurrentStreamRevision(`${actual}`);
  if (typeof expected === 'bigint') details.setExpectedStreamPosition(`${expected}`);
  else if (expected === 'no_stream') details.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') details.setExpectedStreamExists(new shared.Empty());
  else details.setExpectedAny(new shared.Empty());
  return details;
}

export function deleted(position: bigint) {
  return new DeleteResp().setPosition(at(new DeleteResp.Position(), position));
}

export function tombstoned(position: bigint) {
  return new TombstoneResp().setPosition(at(new TombstoneResp.Position(), position));
}

export function read(record: LogRecord): ReadRespMessage {
  const event = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(identifier(record.stream))
    .setStreamRevision(`${record.revision}`)
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  at(event, record.position);
  const described = event.getMetadataMap();
  described.set('type', record.type);
  described.set('content-type', record.contentType);
  described.set('created', `${BigInt(record.created) * TICKS_PER_MILLISECOND}`);
  const resolved = new ReadResp.ReadEvent().setEvent(event).setCommitPosition(`${record.position}`);
  return new ReadResp().setEvent(resolved);
}

export function streamNotFound(stream: string): ReadRespMessage {
  const answer = new ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream));
  return new ReadResp().setStreamNotFound(answer);
}

export function confirmation(): ReadRespMessage {
  const answer = new ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID());
  return new ReadResp().setConfirmation(answer);
}

export function checkpoint(position: bigint): ReadRespMessage {
  return new ReadResp().setCheckpoint(at(new ReadResp.Checkpoint(), position));
}

export function caughtUp(): ReadRespMessage {
  return new ReadResp().setCaughtUp(new ReadResp.CaughtUp());
}

/** From where a stream is to be read. */
export function revisionIn(options: ReadReq.Options.StreamOptions): bigint | 'start' | 'end' {
  if (options.hasRevision()) return BigInt(options.getRevision());
  return options.hasEnd() ? 'end' : 'start';
}

/** From where the log is to be read. */
export function positionIn(options: ReadReq.Options.AllOptions): bigint | 'start' | 'end' {
  const position = options.getPosition();
  if (!position) return options.hasEnd() ? 'end' : 'start';
  if (position.getCommitPosition() !== position.getPreparePosition()) {
    throw new NotImplemented('a prepare position that is not the commit position');
  }
  return BigInt(position.getCommitPosition());
}

interface Placed {
  setCommitPosition(value: string): unknown;
  setPreparePosition(value: string): unknown;
}

function at<Message extends Placed>(message: Message, position: bigint): Message {
  message.setCommitPosition(`${position}`);
  message.setPreparePosition(`${position}`);
  return message;
}

function identifier(stream: string) {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));
}
