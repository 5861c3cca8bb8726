import type { Member } from './client.ts';
import type { View } from './world.ts';

/** A change as a stream gave it, with the cursor after it. */
export interface StreamedChange {
  readonly id: string;
  readonly change: View;
}

/** A stream of changes that is read as it comes; leaving the loop closes the connection. */
export class ChangeStream {
  /** Where to go on after what was read. */
  cursor: string | undefined;

  private constructor(
    readonly response: Response,
    private readonly closing: AbortController,
  ) {}

  /** @param cursor as `Last-Event-ID` */
  static async open(member: Member, query = '', cursor?: string): Promise<ChangeStream> {
    const closing = new AbortController();
    const headers = { accept: 'text/event-stream', ...(cursor !== undefined && { 'last-event-id': cursor }) };
    const response = await member.open('GET', `/v1/changes${query}`, { headers, signal: closing.signal });
    return new ChangeStream(response, closing);
  }

  close(): void {
    this.closing.abort();
  }

  /** Ends when the service ends it, or it is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<StreamedChange> {
    try {
      for await (const event of this.events()) {
        const id = /^id: (.+)$/m.exec(event)?.[1];
        const data = /^data: (.+)$/m.exec(event)?.[1];
        if (data !== undefined && id !== undefined) yield { id, change: JSON.parse(data) };
        this.cursor = id ?? this.cursor;
      }
    } catch (error) {
      if (!this.closing.signal.aborted) throw error;
    } finally {
      this.close();
    }
  }

  private async *events(): AsyncGenerator<string> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of this.response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      yield* events;
    }
  }
}
