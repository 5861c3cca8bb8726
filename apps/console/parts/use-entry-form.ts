import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useWrite } from '../api/writes.ts';
import { changed, entered, faultsOf } from './entry.ts';

interface IfMatch {
  readonly 'If-Match': string;
}

interface EntryFormOptions<Values extends object, Addition, Change, Answer> {
  readonly initialValues: Values;
  /** Adds what was entered. */
  readonly add?: (body: Addition) => Promise<Answer>;
  /** Changes what is there to what differs from it. @param header refuses that where someone else was quicker */
  readonly change?: (body: Change, header: IfMatch) => Promise<Answer>;
  /** Of what is changed, as `initialValues` shows it. */
  readonly revision?: number;
  /** @param answer of the service; none where nothing differed */
  readonly onDone: (answer: Answer | undefined) => void;
}

/** What a field needs, by its path. */
export type EntryField = ReturnType<typeof useEntryForm>['field'];

/**
 * A form over what is added or changed. The service judges what is entered; what it finds wrong is shown at the field.
 */
export function useEntryForm<Values extends object, Addition, Change, Answer>(
  options: EntryFormOptions<Values, Addition, Change, Answer>,
) {
  const { add, change, onDone } = options;
  // The values of when the form was opened are edited, whatever changes in the meantime.
  const [{ initialValues, revision }] = useState(options);
  const form = useForm<Values>({ mode: 'uncontrolled', initialValues });
  const write = useWrite(async (values: Values): Promise<Answer | undefined> => {
    if (add !== undefined) return add(entered(values) as Addition);
    const body = changed(initialValues, values);
    return Object.keys(body).length === 0
      ? undefined
      : change?.(body as Change, { 'If-Match': `"${revision}"` });
  });
  const submit = form.onSubmit((values) =>
    write.mutate(values, {
      onSuccess: onDone,
      onError: (error) => form.setErrors(faultsOf(error)),
    }),
  );
  return {
    submit,
    pending: write.isPending,
    error: write.error,
    /** What a field needs, by its path. */
    field: (path: string) => ({ key: form.key(path), ...form.getInputProps(path) }),
  };
}
