export { isPublicAddress, refusalOfUrl } from './address.ts';
export * from './deliveries/index.ts';
export * from './dispatcher.ts';
export * from './documents.ts';
export * from './http-sender.ts';
export { eventType, TEST_TYPE } from './message.ts';
export * from './sender.ts';
export * from './status.ts';
