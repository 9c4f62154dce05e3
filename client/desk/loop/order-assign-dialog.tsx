import { useState } from 'react';
import type { OfficerView } from '#contract/roster.ts';
import type { WorldOrder } from '#domain/loop/world.ts';
import { assignOrder } from '../../api/orders.ts';
import { errorText } from '../../api/error-text.ts';
import { fetchRoster, type RosterView } from '../../api/roster.ts';
import { serverNow } from '../../clock/use-now.ts';
import { orderTexts } from '../../i18n/sections/orders.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { useQuery } from '../use-query.ts';
import styles from './orders.module.css';

const minuteMs = 60_000;

/** Who goes: the station's officers and those of no station, those on shift first; a sworn one among them. */
export function OrderAssignDialog({ order, onClose }: { order: WorldOrder; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(orderTexts);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(order.officerIds));
  const action = useAction();
  const roster = useQuery(order.id, signal => {
    const now = serverNow();
    return fetchRoster(new Date(now).toISOString(), new Date(now + minuteMs).toISOString(), signal);
  });
  const officers = roster.data && candidates(roster.data, order);
  const picked = (officers ?? []).filter(({ id }) => chosen.has(id));
  const sworn = picked.filter(each => each.sworn).length;
  async function submit(): Promise<void> {
    const ids = picked.map(({ id }) => id);
    if (await action.run(() => assignOrder(order.id, ids))) onClose();
  }
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Dialog title={texts.assignTitle} hint={texts.assignHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        {officers === undefined && roster.error === undefined && <p>{t.loading}</p>}
        {officers?.length === 0 && <p>{texts.noOfficers}</p>}
        <ul className={styles.officers}>
          {(officers ?? []).map(officer => (
            <Officer
              key={officer.id}
              officer={officer}
              isChosen={chosen.has(officer.id)}
              onToggle={() => toggle(officer.id)}
            />
          ))}
        </ul>
        <p className={styles.chosen} data-short={sworn === 0 || undefined}>
          {picked.length > 0 && sworn === 0 ? texts.needSworn : texts.chosen(sworn, picked.length - sworn)}
        </p>
        <Problem>
          {action.problem ?? (roster.error === undefined ? null : errorText(roster.error, t))}
        </Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || sworn === 0}>
            {texts.assign}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

type Candidate = OfficerView & { until: string | null };

function Officer(props: { officer: Candidate; isChosen: boolean; onToggle: () => void }) {
  const texts = useTexts(orderTexts);
  const formats = useFormats();
  const { officer, isChosen, onToggle } = props;
  const { until, stationId } = officer;
  return (
    <li>
      <label className={styles.officer}>
        <input type="checkbox" checked={isChosen} onChange={onToggle} />
        <strong>{officer.name}</strong>
        <span className={styles.rank} data-sworn={officer.sworn || undefined}>
          {officer.sworn ? texts.sworn : texts.auxiliary}
        </span>
        <span className={styles.badge}>{officer.badgeNumber}</span>
        <span className={styles.shift} data-on={until !== null || undefined}>
          {stationId === null && `${texts.squad} · `}
          {until === null ? texts.offShift : texts.onShift(formats.timeShort(Date.parse(until)))}
        </span>
      </label>
    </li>
  );
}

/** Those who may go, with when their shift ends: on shift first, sworn first, then by badge. */
function candidates({ officers, shifts }: RosterView, { stationId }: WorldOrder): Candidate[] {
  const now = serverNow();
  const running = shifts.filter(
    ({ startsAt, endsAt }) => Date.parse(startsAt) <= now && now < Date.parse(endsAt),
  );
  return officers
    .filter(officer => officer.stationId === stationId || officer.stationId === null)
    .map(officer => ({
      ...officer,
      until: running.find(({ officerIds }) => officerIds.includes(officer.id))?.endsAt ?? null,
    }))
    .toSorted(
      (a, b) =>
        Number(b.until !== null) - Number(a.until !== null) ||
        Number(b.sworn) - Number(a.sworn) ||
        Number(a.stationId === null) - Number(b.stationId === null) ||
        a.badgeNumber.localeCompare(b.badgeNumber),
    );
}
