import type { WorldIncident } from '#domain/world.ts';
import { undoHandOver } from '../../api/addresses.ts';
import { mayHandOver } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { addressTexts } from '../../i18n/sections/address.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem } from '../../ui/section.tsx';
import { sayDone } from '../desk-store.ts';
import { useAction } from '../use-action.ts';
import styles from './address.module.css';

/** To whom the case went, since when, and the way back. */
export function HandedOver({ incident }: { incident: WorldIncident }) {
  const words = useTexts(addressTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const action = useAction();
  const { handedOverAt, subject, state } = incident;
  if (handedOverAt === undefined) return null;
  const to = subject?.handedOverTo;
  return (
    <>
      <div className={styles.away} role="status">
        <Icon name="check" />
        <span>
          {to === undefined ? words.handedOverHidden : words.handedOver(to)}
          <small>{formats.stamp(Date.parse(handedOverAt))}</small>
        </span>
        {state === 'open' && mayHandOver(role) && (
          <Button
            size="s"
            variant="quiet"
            isDisabled={action.busy}
            onPress={() =>
              void action
                .run(() => undoHandOver(incident.id))
                .then(undone => {
                  if (undone) sayDone(words.undone);
                })
            }
          >
            {words.undo}
          </Button>
        )}
      </div>
      <Problem>{action.problem}</Problem>
    </>
  );
}
