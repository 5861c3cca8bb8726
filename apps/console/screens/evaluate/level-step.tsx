import { Trans, useLingui } from '@lingui/react/macro';
import { getRouteApi } from '@tanstack/react-router';
import type { Share } from '../../api/queries.ts';
import { LevelCards } from '../../parts/level-cards.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import type { Level } from '../../parts/words.ts';
import classes from './evaluate.module.css';

const route = getRouteApi('/shell/shares/$shareId/evaluate');

interface LevelStepProps {
  readonly share: Share;
  readonly level: Level;
}

/** How much goes along with the installations. */
export function LevelStep({ share: { id, suggestedLevel, counterparty }, level }: LevelStepProps) {
  const { t } = useLingui();
  const navigate = route.useNavigate();
  return (
    <div className={classes.narrow}>
      <LevelCards
        label={t`What ${counterparty.name} may take over`}
        value={level}
        suggested={suggestedLevel}
        onChange={(level) => void navigate({ search: (before) => ({ ...before, level }), replace: true })}
      />
      <div className={classes.next}>
        <LinkButton
          to="/shares/$shareId/evaluate"
          params={{ shareId: id }}
          search={{ step: 'select', level }}
        >
          <SelectWhat level={level} />
        </LinkButton>
      </div>
    </div>
  );
}

function SelectWhat({ level }: { readonly level: Level }) {
  switch (level) {
    case 'customer':
      return <Trans>Select customers</Trans>;
    case 'location':
      return <Trans>Select locations</Trans>;
    case 'installation':
      return <Trans>Select installations</Trans>;
  }
}
