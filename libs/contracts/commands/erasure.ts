import { Optional, oneOf, prose, Required, uuid } from './declare.ts';
import type { CommandData } from './shapes.ts';

export class EraseDataSubjectData implements CommandData<'EraseDataSubject'> {
  @Optional(uuid) readonly erasureId?: string;
  @Required(prose(1_000)) readonly subject!: string;
  @Optional(oneOf(['requested', 'no-longer-needed', 'recorded-in-error'] as const))
  readonly reason?: CommandData<'EraseDataSubject'>['reason'];
}
