import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendResult, NewEvent, Position, RecordedEvent, Revision } from '#event-store';

/** What the client keeps for classes that extend it. */
interface Inner {
  getGRPCClient(stubs: typeof StreamsClient, name: string): Promise<StreamsClient>;
  callArguments(
    call: { readonly requiresLeader: boolean; readonly credentials?: Credentials },
    options: object,
  ): never;
}

const { Options } = streams.ReadReq;
const nothing = () => new shared.Empty();
const named = (stream: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(stream));

/**
 * Reads of streams and appends straight on the generated stubs, with the same data and nothing around them: no deadline,
 * nothing asked again, no failure told, no repeated append known. The limit to compare the adapter with.
 */
export class BareCalls {
  readonly #stubs: StreamsClient;
  readonly #arguments: Parameters<StreamsClient['batchAppend']> & [never];
  readonly #batch: ReturnType<StreamsClient['batchAppend']>;
  readonly #waiting = new Map<string, (answer: BatchAppendResp) => void>();

  private constructor(stubs: StreamsClient, args: never) {
    this.#stubs = stubs;
    this.#arguments = args;
    this.#batch = stubs.batchAppend(...this.#arguments);
    this.#batch.on('data', (answer: BatchAppendResp) => {
      const id = answer.getCorrelationId()?.getString() ?? '';
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    });
    this.#batch.on('error', () => undefined);
  }

  static async open(url: string): Promise<BareCalls> {
    const client = EventStoreDBClient.connectionString(url) as unknown as Inner;
    const args = client.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY });
    return new BareCalls(await client.getGRPCClient(StreamsClient, 'bare'), args);
  }

  readStream(stream: string): Promise<RecordedEvent[]> {
    const of = new Options.StreamOptions().setStreamIdentifier(named(stream)).setStart(nothing());
    const options = new Options()
      .setStream(of)
      .setNoFilter(nothing())
      .setReadDirection(Options.ReadDirection.FORWARDS)
      .setCount('1000')
      .setUuidOption(new Options.UUIDOption().setString(nothing()));
    return new Promise((resolve, reject) => {
      const events: RecordedEvent[] = [];
      this.#stubs
        .read(new streams.ReadReq().setOptions(options), ...this.#arguments)
        .on('data', (answer: ReadResp) => {
          const event = answer.getEvent()?.getEvent();
          if (event) events.push(recorded(stream, event));
        })
        .on('error', reject)
        .on('end', () => resolve(events));
    });
  }

  async append(stream: string, events: readonly NewEvent[], after: Revision | 'none'): Promise<AppendResult> {
    const id = crypto.randomUUID();
    const where = new streams.BatchAppendReq.Options().setStreamIdentifier(named(stream));
    if (after === 'none') where.setNoStream(nothing());
    else where.setStreamPosition(`${after}`);
    const request = new streams.BatchAppendReq()
      .setCorrelationId(new shared.UUID().setString(id))
      .setOptions(where)
      .setProposedMessagesList(events.map(proposed))
      .setIsFinal(true);
    const answer = await new Promise<BatchAppendResp>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#batch.write(request);
    });
    const success = answer.getSuccess();
    if (!success) throw new Error(`An append was refused: ${answer.getError()?.getMessage()}.`);
    return {
      revision: Number(success.getCurrentRevision()) as Revision,
      position: Number(success.getPosition()?.getCommitPosition()) as Position,
      duplicate: false,
    };
  }

  close(): void {
    this.#batch.cancel();
    this.#stubs.close();
  }
}

function proposed({ id, type, data, metadata }: NewEvent) {
  const message = new streams.BatchAppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(id))
    .setData(Buffer.from(JSON.stringify(data)))
    .setCustomMetadata(Buffer.from(JSON.stringify(metadata)));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return message;
}

function recorded(stream: string, event: ReadResp.ReadEvent.RecordedEvent): RecordedEvent {
  return {
    id: event.getId()?.getString() ?? '',
    stream,
    revision: Number(event.getStreamRevision()) as Revision,
    position: Number(event.getCommitPosition()) as Position,
    type: event.getMetadataMap().get('type') ?? '',
    data: JSON.parse(Buffer.from(event.getData_asU8()).toString()),
    metadata: JSON.parse(Buffer.from(event.getCustomMetadata_asU8()).toString()),
  };
}
