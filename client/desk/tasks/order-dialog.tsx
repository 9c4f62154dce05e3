import { nameIn } from '../../i18n/name-in.ts';
import { useMemo, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { defaultMethod } from '#domain/task.ts';
import { distanceM } from '#road/geo.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchPlacesNear, type Place } from '../../api/reference.ts';
import { usePrefs } from '../../app/prefs.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import type { LngLat } from '../../map/scene.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Problem } from '../../ui/section.tsx';
import { lngLat } from '../scene.ts';
import { useAction } from '../use-action.ts';
import { useQuery } from '../use-query.ts';
import { isSegmentKind, order, type OrderTarget } from './order.ts';
import styles from './tasks.module.css';

const mostShown = 40;

interface OrderDialogProps {
  incidentId: string;
  unit: { unitId: string; callsign: string };
  near: LngLat;
  onClose: () => void;
}

/** Asks where a unit is to look: the places and segments around a point, the nearest first. */
export function OrderDialog({ incidentId, unit, near, onClose }: OrderDialogProps) {
  const t = useT();
  const texts = useTexts(taskTexts);
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const [text, setText] = useState('');
  const action = useAction();
  const [refusal, setRefusal] = useState<string | null>(null);
  const query = useQuery(near.join(), signal => fetchPlacesNear(near, signal));
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const named = (query.data ?? []).map(place => ({
      ...place,
      shown: nameIn(place, lang),
      metres: distanceM(lngLat(place.position), near),
    }));
    return named
      .filter(({ name, nameEn }) => `${name} ${nameEn ?? ''}`.toLowerCase().includes(wanted))
      .toSorted((a, b) => a.metres - b.metres)
      .slice(0, mostShown);
  }, [query.data, near, lang, text]);
  const choose = async (id: string) => {
    const place = found.find(each => each.id === id);
    if (!place) return;
    let why: string | null = null;
    const sent = await action.run(async () => {
      why = await order(incidentId, unit, targetOf(place), texts);
    });
    setRefusal(why);
    if (sent && why === null) onClose();
  };
  return (
    <Dialog title={texts.orderTo(unit.callsign)} hint={texts.orderHint} isOpen onClose={onClose}>
      <Field label={texts.filter} value={text} onChange={setText} unmarked />
      {query.data === undefined && query.error === undefined && (
        <p className={styles.empty}>{texts.nearLoading}</p>
      )}
      {query.data?.length === 0 && <p className={styles.empty}>{texts.nearEmpty}</p>}
      <ListBox
        aria-label={texts.near}
        className={styles.places ?? ''}
        items={found}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to choose one of these
        autoFocus="first"
        key={query.data ? 'places' : 'none'}
        onAction={key => void choose(String(key))}
      >
        {place => (
          <ListBoxItem id={place.id} textValue={place.shown} className={styles.place ?? ''}>
            <Icon name={`place-${place.kind}`} />
            {place.shown}
            <small>
              {t.placeKind[place.kind]} · {t.sighting.method[defaultMethod(place.kind)]} ·{' '}
              {formats.distance(place.metres)}
            </small>
          </ListBoxItem>
        )}
      </ListBox>
      <Problem>
        {refusal ?? action.problem ?? (query.error === undefined ? null : errorText(query.error, t))}
      </Problem>
    </Dialog>
  );
}

const targetOf = ({ id, kind, name }: Place): OrderTarget => ({
  what: isSegmentKind(kind) ? 'segment' : 'place',
  id,
  kind,
  name,
  method: defaultMethod(kind),
});
