import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import classes from './connections.module.css';
import { HandOver } from './hand-over.tsx';

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Creates a connection, and shows the token that is to be handed over. */
export function CreateConnection({ opened, onClose }: DialogProps) {
  const { t } = useLingui();
  const form = useForm({ initialValues: { label: '', description: '' } });
  const create = useWrite((body: { readonly label: string; readonly description?: string }) =>
    tessera.post('/v1/connections', { body }),
  );
  const leave = () => {
    onClose();
    form.reset();
    create.reset();
  };
  const submit = form.onSubmit(({ label, description }) =>
    create.mutate({
      label: label.trim(),
      ...(description.trim() !== '' && { description: description.trim() }),
    }),
  );
  return (
    <Modal
      opened={opened}
      onClose={leave}
      size="lg"
      title={create.data ? t`Hand this token over` : t`Create a connection`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {create.data ? (
        <HandOver issued={create.data} onDone={leave} />
      ) : (
        <form onSubmit={submit} className={classes.form}>
          <TextInput
            label={<Trans>Label</Trans>}
            description={<Trans>How you call the other company. Only your own company sees it.</Trans>}
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('label')}
          />
          <Textarea
            label={<Trans>Note for yourself</Trans>}
            autosize
            minRows={2}
            maxLength={2_000}
            {...form.getInputProps('description')}
          />
          {create.error && <ProblemNotice error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={create.isPending} disabled={form.values.label.trim() === ''}>
              <Trans>Create and show the token</Trans>
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  );
}
