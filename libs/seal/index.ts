export * from './documents.ts';
export * from './keys.ts';
export * from './published.ts';
export * from './sealer.ts';
export * from './signer.ts';
export * from './tiles.ts';
export * from './verify.ts';
