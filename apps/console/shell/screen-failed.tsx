import type { ErrorComponentProps } from '@tanstack/react-router';
import { ProblemNotice } from '../parts/problem.tsx';

/** The one place where a screen's error ends that no part of it has shown. */
export function ScreenFailed({ error, reset }: ErrorComponentProps) {
  return <ProblemNotice error={error} onRetry={reset} />;
}
