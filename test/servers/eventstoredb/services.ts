import { MonitoringService } from '@eventstore/db-client/generated/monitoring_grpc_pb.js';
import { OperationsService } from '@eventstore/db-client/generated/operations_grpc_pb.js';
import { PersistentSubscriptionsService } from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import { ProjectionsService } from '@eventstore/db-client/generated/projections_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  ReadReq,
  ReadResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { UsersService } from '@eventstore/db-client/generated/users_grpc_pb.js';
import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  ServerUnaryCall,
  ServiceDefinition,
  UntypedHandleCall,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { answerAppend, answerWithFault } from './appending.ts';
import { answerBatches } from './batches.ts';
import { NotImplemented } from './errors.ts';
import { confirmation, deleted, expectedOf, streamNameOf, tombstoned } from './messages.ts';
import type { Node } from './node.ts';
import { answerRead } from './reading.ts';

/** Services of a real server that this one does not implement. */
export const NOT_IMPLEMENTED_SERVICES = [
  MonitoringService,
  OperationsService,
  PersistentSubscriptionsService,
  ProjectionsService,
  UsersService,
];

/** Answers a call with the result of `work` or the status it throws; without a result, the call stays unanswered. */
function unary<Request, Response>(
  node: Node,
  work: (call: ServerUnaryCall<Request, Response>) => Response,
): handleUnaryCall<Request, Response> {
  return (call, respond) => {
    node.answer(call, () => respond(null, work(call)), respond);
  };
}

export function streams(node: Node): UntypedServiceImplementation {
  const append: handleClientStreamingCall<AppendReq, AppendResp> = (call, respond) => {
    const work = async (over: AbortSignal) => {
      const answer = await answerAppend(node, call);
      if (answer && !over.aborted) respond(null, answer);
    };
    node.answer(call, work, respond);
  };
  const batchAppend: handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> = (call) => {
    const work = (over: AbortSignal) => answerBatches(node, call, over);
    node.answer(call, work, (refused) => call.emit('error', refused));
  };
  const read: handleServerStreamingCall<ReadReq, ReadResp> = (call) => {
    const work = async (over: AbortSignal) => {
      node.admitReading(call);
      const fault = node.faults.takeRead();
      if (fault === 'stall' && call.request.getOptions()?.hasSubscription()) call.write(confirmation());
      if (fault) answerWithFault(node, call, fault);
      else await answerRead(node.log, call, over);
    };
    node.answer(call, work, (refused) => call.emit('error', refused));
  };
  return {
    append,
    read,
    delete: unary<DeleteReq, DeleteResp>(node, (call) => {
      node.admitWriting(call);
      const options = call.request.getOptions() as DeleteReq.Options;
      return deleted(node.log.softDelete(streamNameOf(options.getStreamIdentifier()), expectedOf(options)));
    }),
    tombstone: unary<TombstoneReq, TombstoneResp>(node, (call) => {
      node.admitWriting(call);
      const options = call.request.getOptions() as TombstoneReq.Options;
      return tombstoned(node.log.tombstone(streamNameOf(options.getStreamIdentifier()), expectedOf(options)));
    }),
    batchAppend,
  };
}

export function serverFeatures(node: Node): UntypedServiceImplementation {
  const methods = ['Append', 'BatchAppend', 'Read', 'Delete', 'Tombstone'].map((name) =>
    new features.SupportedMethod()
      .setMethodName(name)
      .setServiceName(StreamsService.read.path.split('/')[1] ?? ''),
  );
  const supported = new features.SupportedMethods()
    .setEventStoreServerVersion('24.10.0')
    .setMethodsList(methods);
  return { getSupportedMethods: unary(node, () => supported) };
}

export function gossip(node: Node): UntypedServiceImplementation {
  return { read: unary(node, () => node.clusterInfo()) };
}

export function notImplementedMethods(node: Node, service: ServiceDefinition): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(service).map(([name, { path }]) => [name, notImplemented(node, path)]),
  );
}

/** Refuses a call of any kind, and records it as a failure. */
function notImplemented(node: Node, what: string): UntypedHandleCall {
  return (call: ServerUnaryCall<unknown, unknown>, respond?: (refused: NotImplemented) => void) => {
    const refuse = (refused: NotImplemented) => (respond ? respond(refused) : call.emit('error', refused));
    node.answer(
      call,
      () => {
        throw new NotImplemented(what);
      },
      (refused) => refuse(refused as NotImplemented),
    );
  };
}
