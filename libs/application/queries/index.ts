export { ViewSelections } from './selections.ts';
export const queryHandlers = [];
