import type { ClearItem } from '../api/clear.ts';
import { hasDesk } from '../app/home.ts';
import { mayAnswerClear } from '../app/rights.ts';
import { Link } from '../app/link.tsx';
import { deskPath } from '../app/router.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import { useStationName } from '../desk/station-name.ts';
import { todayTexts } from '../i18n/sections/today.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import styles from './today.module.css';

/** One incident of the board: whose it is, how long it has been open, when it will be cleared. */
export function ClearRow({ item, onCarry }: { item: ClearItem; onCarry: (item: ClearItem) => void }) {
  const t = useT();
  const texts = useTexts(todayTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const station = useStationName(item.stationId);
  const { incidentId, number, openedDay, ageDays, risk, scamType, orderState, clearedAt, owner } = item;
  const scam = t.scam[scamType];
  return (
    <li className={styles.row}>
      <RiskMark risk={risk} number={number} size="2em" label={t.risk[risk]} />
      <span className={styles.what}>
        {hasDesk(role) ? <Link to={deskPath(incidentId)}>{scam}</Link> : <strong>{scam}</strong>}
        <small>{texts.number(openedDay.slice(5), number)}</small>
      </span>
      <span>
        {station ?? texts.noStation}
        <small>{orderState === null ? texts.noOrder : texts.states[orderState]}</small>
      </span>
      <span>
        {item.officers && item.officers.length > 0
          ? item.officers.join(t.list)
          : texts.officers(item.officerCount)}
        {owner && <small>{texts.owner(owner.name)}</small>}
      </span>
      <span className={styles.time}>
        {ageDays > 0 && clearedAt === null ? <b>{texts.age(ageDays)}</b> : <Spent item={item} />}
        <Forecast item={item} />
      </span>
      <span className={styles.answer}>
        {item.answeredBy && (
          <span>
            <Icon name="person" /> {texts.answers(item.answeredBy.name)}
            <small>{formats.day(Date.parse(item.answeredBy.day))}</small>
          </span>
        )}
        {!item.answeredBy && ageDays > 0 && clearedAt === null && (
          <strong className={styles.nobody}>
            <Icon name="warning" /> {texts.nobody}
          </strong>
        )}
        {clearedAt === null && mayAnswerClear(role) && (ageDays > 0 || item.forecast?.breach) && (
          <Button size="s" icon="edit" onPress={() => onCarry(item)}>
            {texts.answer}
          </Button>
        )}
      </span>
    </li>
  );
}

function Spent({ item: { openedAt, clearedAt } }: { item: ClearItem }) {
  const texts = useTexts(todayTexts);
  const formats = useFormats();
  const now = useNow();
  const endMs = clearedAt === null ? now : Date.parse(clearedAt);
  const spent = formats.age(Math.max(0, (endMs - Date.parse(openedAt)) / 1000));
  return <>{clearedAt === null ? texts.open(spent) : texts.clearedIn(spent)}</>;
}

function Forecast({ item: { forecast, clearedAt } }: { item: ClearItem }) {
  const texts = useTexts(todayTexts);
  const formats = useFormats();
  if (clearedAt !== null) return <small>{formats.timeShort(Date.parse(clearedAt))}</small>;
  if (!forecast) return null;
  const { doneAt, breach } = forecast;
  return (
    <small data-breach={breach || undefined} title={texts.foreseenBy}>
      {doneAt === null ? texts.never : texts.until(formats.timeShort(Date.parse(doneAt)))}
    </small>
  );
}
