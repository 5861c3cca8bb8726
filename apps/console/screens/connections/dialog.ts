import type { Connection } from '../../api/queries.ts';

export interface ConnectionDialogProps {
  readonly connection: Connection;
  readonly opened: boolean;
  readonly onClose: () => void;
}
