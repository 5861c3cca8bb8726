// The map of the product: which command leads to which events, which views they change, which processes they start.
import { type AnyStreamCommands, commandTable, type FactSources } from '#application';
import { eventTypes } from '#contracts';
import { publicCommands } from '#contracts/commands';
import type { Role } from '#domain/kernel';
import { createProcesses } from '#processes';
import { projections } from '#projections';
import { SourceFolder } from './source.ts';

export interface MappedCommand {
  readonly type: string;
  readonly roles: readonly Role[];
  /** Whether the command bus takes it from others. */
  readonly isPublic: boolean;
  readonly events: readonly string[];
}

export interface MappedEvent {
  readonly type: string;
  readonly views: readonly string[];
  /** The processes it starts. */
  readonly processes: readonly string[];
}

export interface MappedStream {
  readonly category: string;
  readonly commands: readonly MappedCommand[];
  readonly events: readonly MappedEvent[];
}

export interface MappedProcess {
  readonly name: string;
  readonly startedBy: readonly string[];
  readonly sends: readonly string[];
}

export interface ProductMap {
  readonly streams: readonly MappedStream[];
  readonly processes: readonly MappedProcess[];
}

/** Drawn from the registries; from the source in the folder this runs in where they do not tell. */
export function productMap(): ProductMap {
  const table = commandTable({} as FactSources);
  const rows = [...new Set(table.values())];
  const processes = createProcesses();
  const source = new SourceFolder('libs/processes');
  const declared = source.returnedBy(createProcesses.name);
  const mapped = processes.map(({ name, startedBy }, index): MappedProcess => {
    const sends = source.textsNamed(declared.slice(index, index + 1), new Set(table.keys()));
    return { name, startedBy, sends: inOrder(sends, table.keys()) };
  });
  return { streams: rows.map(streamOf), processes: mapped };
}

function streamOf({ decider, roles }: AnyStreamCommands): MappedStream {
  const { category } = decider;
  const types = Object.keys(roles);
  const source = new SourceFolder('libs/domain');
  const declared = source.declarationWith('category', category);
  if (declared === undefined)
    throw new Error(`No decider of the category ${category} is found in the source.`);
  const known = new Set<string>(eventTypes.keys());
  const commands = types.map((type): MappedCommand => {
    const branches = source.branches(declared, type);
    const events = source.typesMade(branches.length > 0 ? branches : [declared], known);
    return { type, roles: roles[type] ?? [], isPublic: isPublic.has(type), events: inOrder(events, known) };
  });
  const made = new Set(commands.flatMap(({ events }) => events));
  return { category, commands, events: inOrder(made, known).map(eventOf) };
}

const isPublic = new Set<string>(publicCommands.map(({ type }) => type));

function eventOf(type: string): MappedEvent {
  const handledBy = projections.filter(({ handles }) => (handles as readonly string[]).includes(type));
  const started = createProcesses().filter(({ startedBy }) =>
    (startedBy as readonly string[]).includes(type),
  );
  return { type, views: handledBy.map(({ name }) => name), processes: started.map(({ name }) => name) };
}

function inOrder(found: ReadonlySet<string>, order: Iterable<string>): string[] {
  return [...order].filter((each) => found.has(each));
}

const HEAD = `# The map

Which command leads to which events, which views they change, and which processes they start, which send commands again. Made from the code by \`npm run map\`: do not edit it. A test fails when it is behind.

- A **command** is decided by the stream it is about, and its events are recorded there. In *italics*: it is not public; the service or one of its processes sends it.
- A **view** is a folder in [projections](../projections/), a **process** a file in [libs/processes](../libs/processes/).
- A command that changes nothing, sent under an id that its caller may send again, records \`CommandHadNoEffect\` instead. No view takes it.
- What happens in which order, and why, is in [domain.md](domain.md).
`;

/** The map as a page. */
export function mapPage({ streams, processes }: ProductMap): string {
  const parts = streams.map(({ category, commands, events }) => {
    const commandRows = commands.map(({ type, roles, isPublic: open, events: leadsTo }) => [
      open ? `\`${type}\`` : `*\`${type}\`*`,
      roles.join(', '),
      codes(leadsTo),
    ]);
    const eventRows = events.map(({ type, views, processes: started }) => [
      `\`${type}\``,
      views.join(', '),
      started.join(', '),
    ]);
    return [
      `## ${category}`,
      tableOf(['command', 'role', 'leads to'], commandRows),
      tableOf(['event', 'changes the views', 'starts the processes'], eventRows),
    ].join('\n\n');
  });
  const processRows = processes.map(({ name, startedBy, sends }) => [name, codes(startedBy), codes(sends)]);
  const processPart = `## Processes\n\n${tableOf(['process', 'is started by', 'sends'], processRows)}`;
  return `${[HEAD, ...parts, processPart].join('\n\n').replaceAll('\n\n\n', '\n\n')}\n`;
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
