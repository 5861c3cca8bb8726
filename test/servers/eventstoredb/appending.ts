import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerReadableStream } from '@grpc/grpc-js';
import {
  Busy,
  CommitTimeout,
  DuplicateInProgress,
  NotReady,
  Truncated,
  WrongExpectedVersion,
} from './errors.ts';
import type { AppendFault, ReadFault } from './faults.ts';
import type { Expected, Proposed, Written } from './log.ts';
import { appended, expectedOf, proposedIn, streamNameOf, wrongExpectedVersion } from './messages.ts';
import type { Call, Node } from './node.ts';

type AppendCall = ServerReadableStream<AppendReq, AppendResp>;

/** Answers one call of `Streams.Append`; not at all when a fault suppresses the answer. */
export async function answerAppend(node: Node, call: AppendCall): Promise<AppendResp | undefined> {
  let options: AppendReq.Options | undefined;
  const events: Proposed[] = [];
  try {
    for await (const request of call as AsyncIterable<AppendReq>) {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) events.push(proposedIn(message));
    }
  } catch (error) {
    if (!call.cancelled) throw error;
  }
  // The request of a client that disconnected is incomplete.
  if (call.cancelled || !options) return undefined;
  const stream = streamNameOf(options.getStreamIdentifier());
  try {
    const written = await carryOut(node, call, stream, expectedOf(options), events);
    return written && appended(written);
  } catch (error) {
    if (error instanceof WrongExpectedVersion) return wrongExpectedVersion(error);
    throw error;
  }
}

/**
 * The outcome of an append, single or in a batch; nothing when a fault suppresses the answer.
 * @throws Refused, DuplicateInProgress after the commit time-out
 */
export async function carryOut(
  node: Node,
  call: Call,
  stream: string,
  expected: Expected,
  events: readonly Proposed[],
): Promise<Written | undefined> {
  node.admitWriting(call);
  // In a batch it was ready when the call began.
  if (!node.ready) throw new NotReady();
  const fault = node.faults.takeAppend();
  if (fault?.when === 'before') return answerWithFault(node, call, fault.how);
  try {
    const written = await write(node, stream, expected, events);
    if (fault?.when === 'after') return answerWithFault(node, call, fault.how);
    if (written.position !== undefined) await node.log.replicated(written.position);
    return written;
  } catch (error) {
    if (error instanceof Truncated) return undefined;
    throw error;
  }
}

/** @throws Refused, or breaks connections, after which nothing is answered */
export function answerWithFault(node: Node, call: Call, how: AppendFault['how'] | ReadFault): undefined {
  if (how === 'not-ready') throw new NotReady();
  if (how === 'timeout') throw new CommitTimeout();
  if (how === 'busy') throw new Busy();
  if (how === 'reset') node.reset();
  if (how === 'cut') node.cut(call.getPeer());
  if (how === 'leader-lost') node.loseLead();
  return undefined;
}

async function write(
  node: Node,
  stream: string,
  expected: Expected,
  events: readonly Proposed[],
): Promise<Written> {
  try {
    return node.log.append(stream, expected, events);
  } catch (error) {
    if (error instanceof DuplicateInProgress) await node.commitTimeout();
    throw error;
  }
}
