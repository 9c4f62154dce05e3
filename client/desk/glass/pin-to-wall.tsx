import type { WorldIncident } from '#domain/world.ts';
import { lazy, Suspense, useState } from 'react';
import { unpinFromWall } from '../../api/access.ts';
import { useSignedIn } from '../../app/session.ts';
import { useNow } from '../../clock/use-now.ts';
import { accessTexts } from '../../i18n/sections/access.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { authorityState } from '../../store/selectors.ts';
import { Button } from '../../ui/button.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import styles from '../incident/incident-panel.module.css';

const PinDialog = lazy(() => import('./pin-dialog.tsx'));

/** Whether the wall shows this incident, and putting it there or taking it off: for a leader with an open trace. */
export function PinToWall({ incident, reason }: { incident: WorldIncident; reason: string | undefined }) {
  const texts = useTexts(accessTexts);
  const formats = useFormats();
  const { userId } = useSignedIn();
  const now = useNow();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const { pin } = incident;
  const holds = pin !== undefined && now < Date.parse(pin.untilAt);
  const approved = Object.values(incident.authorities).some(
    authority => !authority.breakGlass && authorityState(authority, now) === 'valid',
  );
  const may = reason !== undefined && approved && incident.members.includes(userId);
  if (!holds && reason === undefined) return null;
  return (
    <div className={styles.row}>
      {holds && <small>{texts.pinned(formats.timeShort(Date.parse(pin.untilAt)))}</small>}
      {!holds && !approved && <small>{texts.pinNoGlass}</small>}
      <span className={styles.end}>
        {may && (
          <Button size="s" icon="fullscreen" onPress={() => setAsking(true)}>
            {texts.pin}
          </Button>
        )}
        {holds && (
          <Button
            size="s"
            isDisabled={action.busy}
            onPress={() => void action.run(() => unpinFromWall(incident.id))}
          >
            {texts.unpin}
          </Button>
        )}
      </span>
      <Problem>{action.problem}</Problem>
      {asking && reason !== undefined && (
        <Suspense>
          <PinDialog incidentId={incident.id} reason={reason} shown={pin} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </div>
  );
}
