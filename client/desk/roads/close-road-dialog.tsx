import { useState } from 'react';
import { closeRoad, fetchStretch } from '../../api/roads.ts';
import { usePrefs } from '../../app/prefs.ts';
import { serverNow } from '../../clock/use-now.ts';
import { roadTexts } from '../../i18n/sections/roads.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import type { StretchReply } from '#contract/closure.ts';
import type { LngLat } from '../../map/scene.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem } from '../../ui/section.tsx';
import { sayDone, setDesk, useDesk } from '../desk-store.ts';
import { useAction } from '../use-action.ts';
import { useQuery } from '../use-query.ts';
import styles from './roads.module.css';

/** Minutes; '' is until somebody opens it. */
const lastings = ['', '30', '60', '120', '240', '480', '1440'] as const;
type Lasting = (typeof lastings)[number];

/** Why and for how long, after the road was clicked. */
export function CloseRoadDialog() {
  const at = useDesk(desk => desk.closingAt);
  return at && <Form key={at.join()} at={at} onClose={() => setDesk({ closingAt: null })} />;
}

function Form({ at: [lng, lat], onClose }: { at: LngLat; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(roadTexts);
  const action = useAction();
  const stretch = useQuery(`${lng} ${lat}`, signal => fetchStretch(lng, lat, signal));
  const [reason, setReason] = useState('');
  const [lasting, setLasting] = useState<Lasting>('');
  const labelOf = (value: Lasting): string => {
    if (value === '') return texts.untilOpened;
    const minutes = Number(value);
    return minutes < 60 ? texts.minutes(value) : texts.hours(String(minutes / 60));
  };

  async function submit(): Promise<void> {
    const untilAt =
      lasting === '' ? undefined : new Date(serverNow() + Number(lasting) * 60_000).toISOString();
    const body = { position: { lng, lat }, reason: reason.trim(), ...(untilAt !== undefined && { untilAt }) };
    if (!(await action.run(() => closeRoad(body)))) return;
    sayDone(texts.closed);
    onClose();
  }
  return (
    <Dialog title={texts.close} hint={texts.closeHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <Problem>{stretch.error === undefined ? null : texts.noRoad}</Problem>
        {stretch.data && <StretchLine stretch={stretch.data} />}
        <div className={styles.reasons}>
          {texts.reasons.map(each => (
            <Button key={each} size="s" onPress={() => setReason(each)}>
              {each}
            </Button>
          ))}
        </div>
        <Field
          label={texts.reason}
          value={reason}
          onChange={setReason}
          maxLength={200}
          isRequired
          autoFocus
        />
        <ChoiceField
          label={texts.lasts}
          value={lasting}
          onChange={setLasting}
          choices={lastings.map(value => ({ value, label: labelOf(value) }))}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="danger"
            type="submit"
            icon="noEntry"
            isDisabled={action.busy || !stretch.data || reason.trim() === ''}
          >
            {texts.close}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

/** Which road it is: what one clicked may not be what one meant. */
function StretchLine({ stretch }: { stretch: StretchReply }) {
  const texts = useTexts(roadTexts);
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const name = (lang === 'en' && stretch.nameEn) || stretch.name || texts.unnamed;
  return (
    <p className={styles.stretch}>
      <Icon name="noEntry" />
      <strong>{name}</strong>
      <span>{texts.classes[stretch.roadClass as keyof typeof texts.classes]}</span>
      <span>{formats.distance(stretch.lengthM)}</span>
    </p>
  );
}
