import { join } from 'node:path';

/** Where the embedded views are, beside the events. */
export const viewsPath = (dataDir: string) => join(dataDir, 'views.db');
