import { GetShareHandler, ListSharesHandler } from './shares.ts';

export { ViewSelections } from './selections.ts';
export * from './shares.ts';
export * from './view-query.ts';

/** Every query handler there is. */
export const queryHandlers = [GetShareHandler, ListSharesHandler] as const;
