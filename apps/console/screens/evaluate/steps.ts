/** In their order; the first is shown unless the address says otherwise. */
export const EVALUATION_STEPS = ['level', 'select', 'confirm'] as const;
export type EvaluationStep = (typeof EVALUATION_STEPS)[number];
