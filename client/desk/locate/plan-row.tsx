import { useEffect, useRef, useState } from 'react';
import { Button as MenuButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { usePrefs } from '../../app/prefs.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { shareText } from '../../map/sources/share-text.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import menu from '../../ui/menu.module.css';
import { showNearest } from '../nearest.ts';
import { lngLat } from '../scene.ts';
import { OrderDialog } from '../tasks/order-dialog.tsx';
import tone from '../tasks/task-tone.module.css';
import { setLocate, useLocate } from './locate-store.ts';
import styles from './locate.module.css';
import type { PlanGroupProps } from './plan-group.tsx';
import type { PlanRow } from './suggestions.ts';
import { targetOf } from './target.ts';
import { nameIn } from '../../i18n/name-in.ts';

interface PlanTaskRowProps extends Omit<PlanGroupProps, 'group' | 'later' | 'ended'> {
  row: PlanRow;
  callsign: string;
}

/** One look at one place: when, what it is worth, and while it is only suggested what can be done with it. */
export function PlanTaskRow({ row, callsign, selected, ...verbs }: PlanTaskRowProps) {
  const t = useT();
  const texts = useTexts(locateTexts);
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const item = useRef<HTMLLIElement>(null);
  const { task, state, order } = row;
  const isSelected = row.key === selected;
  const wasSelected = useRef(isSelected);
  const byKey = useLocate(locate => locate.unitId === row.unitId);
  // Not at the beginning, when nobody has chosen it: the panel opens at its top.
  useEffect(() => {
    if (isSelected && !wasSelected.current && byKey) item.current?.scrollIntoView({ block: 'nearest' });
    wasSelected.current = isSelected;
  }, [isSelected, byKey]);
  const time = (at: string) => formats.timeShort(Date.parse(at));
  return (
    <li
      ref={item}
      className={cx(styles.task, tone.tone)}
      data-state={row.outcome ?? state}
      aria-current={isSelected || undefined}
    >
      <button
        type="button"
        className={styles.taskMain}
        onClick={() => setLocate({ selected: row.key, unitId: row.unitId })}
        disabled={state !== 'suggested'}
      >
        <span className={styles.order} aria-label={texts.stop(order)}>
          {order}
        </span>
        <span className={styles.placeName}>
          <Icon name={`place-${task.place.kind}`} size="1em" label={t.placeKind[task.place.kind]} />
          <span>{nameIn(task.place, lang)}</span>
        </span>
        <StateOf row={row} />
        <span className={styles.worth}>
          <b>{texts.arrive(time(task.etaAt.p50))}</b>
          <span>{texts.spread(time(task.etaAt.p10), time(task.etaAt.p90))}</span>
          <span>{texts.there(shareText(task.poa))}</span>
          <span>{texts.finds(shareText(task.pos))}</span>
          {isSelected && <span>{t.sighting.method[task.method]}</span>}
        </span>
      </button>
      <Sworn row={row} />
      {isSelected && (
        <>
          <p className={styles.why}>{task.why}</p>
          {verbs.mayAct && <Verbs row={row} callsign={callsign} {...verbs} />}
        </>
      )}
    </li>
  );
}

function StateOf({ row: { state, outcome } }: { row: PlanRow }) {
  const texts = useTexts(locateTexts);
  const tasks = useTexts(taskTexts);
  const says = outcome
    ? tasks.outcome[outcome]
    : state === 'suggested'
      ? texts.suggested
      : tasks.state[state];
  return <span className={styles.state}>{says}</span>;
}

/** That whoever knocks must be sworn, and who brings the officer. */
function Sworn({ row: { task } }: { row: PlanRow }) {
  const texts = useTexts(locateTexts);
  const from = useLive(live => (task.swornFrom === null ? undefined : live.world.units[task.swornFrom]));
  if (!task.needsSworn) return null;
  return <small className={styles.sworn}>{from ? texts.swornFrom(from.callsign) : texts.needsSworn}</small>;
}

interface VerbsProps extends Pick<PlanGroupProps, 'incidentId' | 'busy' | 'onAccept' | 'onRefuse'> {
  row: PlanRow;
  callsign: string;
}

function Verbs({ row, callsign, incidentId, busy, onAccept, onRefuse }: VerbsProps) {
  const texts = useTexts(locateTexts);
  const lang = usePrefs(prefs => prefs.lang);
  const [elsewhere, setElsewhere] = useState(false);
  const { place, method } = row.task;
  const position = lngLat(place.position);
  const change = (what: string) => {
    if (what === 'place') setElsewhere(true);
    else showNearest(position, targetOf(place, method));
  };
  return (
    <span className={styles.verbs}>
      <Button
        size="s"
        variant="primary"
        icon="send"
        isDisabled={busy}
        aria-label={texts.acceptThis(callsign, nameIn(place, lang))}
        onPress={() => onAccept(row)}
      >
        {texts.accept}
      </Button>
      <MenuTrigger>
        <MenuButton className={buttonClass({ size: 's' })}>
          {texts.change} <Icon name="chevronDown" size="0.9em" />
        </MenuButton>
        <Popover className={menu.popover ?? ''} placement="bottom end">
          <Menu className={menu.menu ?? ''} aria-label={texts.change} onAction={key => change(String(key))}>
            <MenuItem id="unit" className={menu.item ?? ''}>
              {texts.changeUnit}
            </MenuItem>
            <MenuItem id="place" className={menu.item ?? ''}>
              {texts.changePlace}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <Button size="s" variant="quiet" onPress={() => onRefuse(row)}>
        {texts.refuse}
      </Button>
      {elsewhere && (
        <OrderDialog
          incidentId={incidentId}
          unit={{ unitId: row.unitId, callsign }}
          near={position}
          onClose={() => setElsewhere(false)}
        />
      )}
    </span>
  );
}
