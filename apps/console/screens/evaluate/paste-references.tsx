import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Progress, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNotice } from '../../parts/problem.tsx';
import classes from './evaluate.module.css';
import { findReferences, referencesIn } from './references.ts';

interface PasteReferencesProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onFound: (ids: readonly string[]) => void;
}

/** Picks the installations that a pasted list names. */
export function PasteReferences({ opened, onClose, onFound }: PasteReferencesProps) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [done, setDone] = useState(0);
  const references = referencesIn(text);
  const find = useMutation({
    mutationFn: () => findReferences(references, setDone),
    onSuccess: ({ ids, unknown }) => {
      onFound(ids);
      setText(unknown.join('\n'));
      if (unknown.length === 0) leave();
    },
  });
  const leave = () => {
    onClose();
    setText('');
    find.reset();
  };
  return (
    <Modal
      opened={opened}
      onClose={leave}
      size="lg"
      title={t`Paste references`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <div className={classes.paste}>
        <Textarea
          label={<Trans>References, serial numbers or tokens</Trans>}
          description={<Trans>One to a line, or with commas, semicolons or tabs between them.</Trans>}
          autosize
          minRows={6}
          maxRows={14}
          data-autofocus
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        {find.isPending && (
          <Progress value={(done / references.length) * 100} aria-label={t`Looking up what you pasted`} />
        )}
        {find.data && find.data.unknown.length > 0 && (
          <p role="alert" className={classes.warning}>
            <Plural
              value={find.data.ids.length}
              one="# was found and picked."
              other="# were found and picked."
            />{' '}
            <Plural
              value={find.data.unknown.length}
              one="# is not of yours, or matches several; it is kept above."
              other="# are not of yours, or match several; they are kept above."
            />
          </p>
        )}
        {find.error && <ProblemNotice error={find.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={leave}>
            <Trans>Close</Trans>
          </Button>
          <Button loading={find.isPending} disabled={references.length === 0} onClick={() => find.mutate()}>
            <Plural value={references.length} _0="Pick them" one="Pick #" other="Pick #" />
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
