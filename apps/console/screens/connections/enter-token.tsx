import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { tessera } from '../../api/client.ts';
import { useWrite } from '../../api/writes.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import classes from './connections.module.css';

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Connects with the company whose token is entered. */
export function EnterToken({ opened, onClose }: DialogProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { token: '', label: '' } });
  const enter = useWrite(
    (body: { readonly token: string; readonly label: string }) =>
      tessera.post('/v1/connections/authenticate', { body }),
    {
      onSuccess: ({ id }) => {
        leave();
        void navigate({ to: '/connections/$connectionId', params: { connectionId: id } });
      },
    },
  );
  const leave = () => {
    onClose();
    form.reset();
    enter.reset();
  };
  // As it is copied from a message: with spaces and line ends in it.
  const token = form.values.token.replaceAll(/\s+/g, '');
  const label = form.values.label.trim();
  return (
    <Modal
      opened={opened}
      onClose={leave}
      size="lg"
      title={t`Enter a token`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form onSubmit={form.onSubmit(() => enter.mutate({ token, label }))} className={classes.form}>
        <Textarea
          label={<Trans>Token</Trans>}
          description={
            <Trans>As the other company gave it to you. Spaces and line ends do not matter.</Trans>
          }
          required
          autosize
          minRows={2}
          data-autofocus
          classNames={{ input: classes.code }}
          {...form.getInputProps('token')}
        />
        <TextInput
          label={<Trans>Label</Trans>}
          description={<Trans>How you call the other company. Only your own company sees it.</Trans>}
          required
          maxLength={200}
          {...form.getInputProps('label')}
        />
        {enter.error && <ProblemNotice error={enter.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={leave}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={enter.isPending} disabled={token === '' || label === ''}>
            <Trans>Connect</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
