import { Plural } from '@lingui/react/macro';
import type { Share } from '../../api/queries.ts';
import { useAccessTypeName } from '../../parts/words.ts';
import classes from './process.module.css';
import type { Step } from './step.ts';

interface StepEffectProps {
  readonly share: Share;
  readonly step: Step;
}

/** What confirming the step does, exactly. */
export function StepEffect({ share, step }: StepEffectProps) {
  const { items, accessType } = share;
  const { installations, customers = [], locations = [], decline = [] } = step;
  const typeName = useAccessTypeName();
  const newCustomers = customers.filter(({ target }) => target.create).length;
  const newLocations = locations.filter(({ target }) => target.create).length;
  const replaced = installations.filter(({ replaces }) => replaces !== undefined).length;
  const left = items.offered - installations.length - decline.length;
  return (
    <ul className={classes.effect}>
      {installations.length > 0 && (
        <li>
          <Plural
            value={installations.length}
            one="You get access to # installation"
            other="You get access to # installations"
          />
          {accessType && <> ({typeName(accessType, 'holder')})</>}
        </li>
      )}
      {newCustomers > 0 && (
        <li>
          <Plural
            value={newCustomers}
            one="# customer is added to your catalogue"
            other="# customers are added to your catalogue"
          />
        </li>
      )}
      {newLocations > 0 && (
        <li>
          <Plural
            value={newLocations}
            one="# location is added to your catalogue"
            other="# locations are added to your catalogue"
          />
        </li>
      )}
      {replaced > 0 && (
        <li>
          <Plural
            value={replaced}
            one="# record of your own is archived"
            other="# records of your own are archived"
          />
        </li>
      )}
      {decline.length > 0 && (
        <li>
          <Plural
            value={decline.length}
            one="# installation is declined; you get no access to it"
            other="# installations are declined; you get no access to them"
          />
        </li>
      )}
      {left > 0 && (
        <li>
          <Plural
            value={left}
            one="# installation stays on offer, for later"
            other="# installations stay on offer, for later"
          />
        </li>
      )}
    </ul>
  );
}
