import { type UseMutationOptions, useMutation } from '@tanstack/react-query';
import type { ProblemError } from '#client';
import { queryClient } from './queries.ts';

/** A write: once it is done, all queries are refetched, except those marked `once`. */
export function useWrite<Input, Answer>(
  write: (input: Input) => Promise<Answer>,
  options: Pick<UseMutationOptions<Answer, ProblemError | Error, Input>, 'onSuccess'> = {},
) {
  return useMutation<Answer, ProblemError | Error, Input>({
    mutationFn: write,
    onSettled: () => queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.once !== true }),
    ...options,
  });
}
