export * from './base64.ts';
export * from './checkpoint.ts';
export * from './leaf.ts';
export * from './merkle.ts';
export * from './note.ts';
export * from './proofs.ts';
