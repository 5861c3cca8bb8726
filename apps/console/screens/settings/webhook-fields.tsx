import { useLingui } from '@lingui/react/macro';
import { MultiSelect, TextInput } from '@mantine/core';
import { CHANGE_TYPES } from './change-types.ts';
import classes from './webhook-fields.module.css';

interface WebhookFieldsProps {
  /** What a field of the form needs, by its path. */
  readonly props: (path: string) => object;
}

/** The fields of a webhook, within a form. */
export function WebhookFields({ props }: WebhookFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <TextInput
        label={t`URL`}
        description={t`Where the receiver answers. Public addresses by https alone, unless the service is only tried out.`}
        placeholder="https://hooks.example.com/tessera"
        type="url"
        required
        data-autofocus
        {...props('url')}
      />
      <MultiSelect
        label={t`Changes`}
        description={t`Only these are sent; every change while there are none.`}
        data={CHANGE_TYPES}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t`Every change` }}
        nothingFoundMessage={t`There is no such change.`}
        withScrollArea={false}
        classNames={{ options: classes.options }}
        {...props('types')}
      />
      <TextInput
        label={t`Description`}
        description={t`What it is for: it is called so here, and in your inbox if it fails.`}
        maxLength={200}
        {...props('description')}
      />
    </>
  );
}
