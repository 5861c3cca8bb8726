import { SharesController } from './shares.controller.ts';

/** Every resource there is. */
export const resourceControllers = [SharesController] as const;
