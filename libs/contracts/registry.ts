import type { AccountEvent } from '#domain/account';
import type { BuildingEvent, CustomerEvent, LocationEvent } from '#domain/catalogue';
import type { ConnectionEvent, ConnectionPairEvent } from '#domain/connection';
import type { ErasureEvent } from '#domain/erasure';
import type { FlowEvent } from '#domain/flow';
import type { ImportEvent } from '#domain/import';
import type { InboxEvent } from '#domain/inbox';
import type { InstallationEvent } from '#domain/installation';
import type { ShareEvent } from '#domain/share';
import type { WebhookEvent } from '#domain/webhook';
import type { Position, Revision } from '#event-store';
import type { EventMetadata } from './metadata.ts';
import type { CommandHadNoEffect } from './no-effect.ts';

/** Every event, in its current shape. */
export type TesseraEvent =
  | AccountEvent
  | ConnectionEvent
  | ConnectionPairEvent
  | CustomerEvent
  | LocationEvent
  | BuildingEvent
  | InstallationEvent
  | ShareEvent
  | InboxEvent
  | ImportEvent
  | WebhookEvent
  | ErasureEvent
  | FlowEvent
  | CommandHadNoEffect;

/** An event read back from the log, in its current shape. */
export type Recorded<E extends TesseraEvent = TesseraEvent> = E & {
  readonly id: string;
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  readonly metadata: EventMetadata;
};
