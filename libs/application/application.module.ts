import type { DynamicModule, Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { checkRegistry } from '#contracts';
import type { RevocationWindow } from '#domain/share';
import type { EventReader, EventStore } from '#event-store';
import type { PersonalKeys } from '#personal-data';
import type { ViewReader } from '#view-store';
import { CommandExecutor, type CommandSources } from './command-executor.ts';
import { CommandGateway } from './command-gateway.ts';
import { commandTable, ExecuteCommandHandler, RehearseCommandHandler } from './commands/index.ts';
import { ConnectionTokens } from './connection-tokens.ts';
import { Aggregates } from './core/aggregates.ts';
import type { Clock } from './core/clock.ts';
import { CommandHashes } from './core/command-hashes.ts';
import { deferredEnforcement, type Enforcement } from './core/enforcement.ts';
import { WebhookSecrets } from './core/webhook-secrets.ts';
import {
  CLOCK,
  COMMAND_OBSERVER,
  type CommandObserver,
  DATA_SUBJECTS,
  type DataSubjects,
  ENFORCEMENT,
  EVENT_STORE,
  REVOCATION_WINDOW,
  SELECTIONS,
  STORED_EVENTS,
  type UrlRefusal,
  VIEWS,
} from './ports.ts';
import { queryHandlers } from './queries/index.ts';
import { ViewNotifications } from './queries/notifications.ts';
import { currentSelections } from './queries/selections.ts';
import { ViewWebhooks } from './queries/webhooks.ts';

/** The ports of the application, chosen by the composition root. */
export interface ApplicationPorts {
  readonly eventStore: EventStore;
  readonly views: ViewReader;
  readonly clock: Clock;
  /** Absent where personal data is not sealed. */
  readonly personalData?: PersonalDataPorts;
  readonly revocationWindow: RevocationWindow;
  /** The secret one-time tokens are made with, at least 32 bytes. */
  readonly tokenKey: Uint8Array;
  /** Absent where webhooks cannot be registered. */
  readonly webhooks?: WebhookPorts;
  /** Absent where callers do not wait for the answers of public commands. */
  readonly enforcement?: (on: EnforcementPorts) => Enforcement;
  /** Called with the end of each command. */
  readonly observeCommand?: CommandObserver;
}

/** The ports for sealing and erasing personal data. */
export interface PersonalDataPorts {
  /** The log on which commands are decided: opened, except for the names of the actors. */
  readonly decisions: EventStore;
  /** The log as it is stored and hashed. */
  readonly stored: EventReader;
  readonly keys: PersonalKeys;
}

export interface WebhookPorts {
  readonly secrets: WebhookSecrets;
  readonly urlRefusal: UrlRefusal;
}

/** What enforcement needs. */
export interface EnforcementPorts {
  readonly reader: EventReader;
  readonly aggregates: Aggregates;
  readonly views: ViewReader;
  readonly clock: Clock;
}

/** For a log without sealed values, and for dry runs. */
const NOBODY: DataSubjects = {
  find: async () => undefined,
  destroy: async () => undefined,
  droppedEverywhere: async () => undefined,
};

class ApplicationModule {}

/**
 * Commands and queries, with everything they need.
 * @throws BrokenUpcasterChain this release cannot read every event it once wrote
 */
export function applicationModule(ports: ApplicationPorts): DynamicModule {
  checkRegistry();
  const { personalData } = ports;
  const log = personalData?.decisions ?? ports.eventStore;
  const dropErased = personalData && (() => personalData.keys.dropDestroyed());
  const aggregates = new Aggregates(log, { dropErased });
  personalData?.keys.onDestruction(() => aggregates.clear());
  const { eventStore: reader, views, clock } = ports;
  const selections = currentSelections(ports.eventStore, ports.views);
  const { revocationWindow } = ports;
  const { secrets, urlRefusal } = ports.webhooks ?? withoutWebhooks(ports);
  const notifications = new ViewNotifications(views);
  const webhooks = new ViewWebhooks(views);
  const subjects = personalData?.keys ?? NOBODY;
  const tableOn = (sources: CommandSources) =>
    commandTable({
      ...sources,
      selections,
      notifications,
      webhooks,
      urlRefusal,
      subjects: sources.log === log ? subjects : NOBODY,
      revocationWindow,
    });
  const given: Provider[] = [
    { provide: EVENT_STORE, useValue: ports.eventStore },
    { provide: DATA_SUBJECTS, useValue: subjects },
    { provide: STORED_EVENTS, useValue: personalData?.stored ?? ports.eventStore },
    { provide: VIEWS, useValue: ports.views },
    { provide: CLOCK, useValue: ports.clock },
    { provide: REVOCATION_WINDOW, useValue: revocationWindow },
    { provide: SELECTIONS, useValue: selections },
    {
      provide: ENFORCEMENT,
      useValue: ports.enforcement?.({ reader, aggregates, views, clock }) ?? deferredEnforcement,
    },
    { provide: COMMAND_OBSERVER, useValue: ports.observeCommand ?? (() => undefined) },
    { provide: Aggregates, useValue: aggregates },
    { provide: CommandExecutor, useValue: new CommandExecutor(log, aggregates, tableOn) },
    {
      provide: CommandHashes,
      useValue: new CommandHashes(personalData && (() => personalData.keys.hashKey())),
    },
    { provide: ConnectionTokens, useValue: new ConnectionTokens(ports.tokenKey) },
    { provide: WebhookSecrets, useValue: secrets },
  ];
  return {
    module: ApplicationModule,
    imports: [CqrsModule.forRoot()],
    providers: [...given, CommandGateway, ExecuteCommandHandler, RehearseCommandHandler, ...queryHandlers],
    exports: [...given, CommandGateway, CqrsModule],
  };
}

function withoutWebhooks({ tokenKey }: Pick<ApplicationPorts, 'tokenKey'>): WebhookPorts {
  return { secrets: new WebhookSecrets(tokenKey), urlRefusal: () => 'There are no webhooks here.' };
}
