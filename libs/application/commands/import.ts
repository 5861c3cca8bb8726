import { CommandHandler } from '@nestjs/cqrs';
import {
  type CatalogueImportState,
  catalogueImport,
  catalogueImportRoles,
  type ImportCommand,
  type ImportEvent,
} from '#domain/import';
import type { StreamCommands } from '../command-executor.ts';
import { Dispatch, StreamCommandHandler } from './stream-command-handler.ts';

export class DispatchImportCommand extends Dispatch<ImportCommand> {}

@CommandHandler(DispatchImportCommand)
export class ImportCommandHandler extends StreamCommandHandler<
  CatalogueImportState,
  ImportCommand,
  ImportEvent,
  undefined
> {
  protected readonly commands: StreamCommands<CatalogueImportState, ImportCommand, ImportEvent, undefined> = {
    decider: catalogueImport,
    roles: catalogueImportRoles,
    streamId: (command) => command.data.importId,
    facts: () => undefined,
  };
}
