import { unitStates, type UnitState } from '#contract/unit.ts';
import { dutyOf } from '#domain/roster.ts';
import type { WorldUnit } from '#domain/world.ts';
import { setUnitState } from '../api/reference.ts';
import { maySetUnitState } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import { taskTexts } from '../i18n/sections/tasks.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { unitSlots } from '../store/live.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { ChoiceField } from '../ui/field.tsx';
import { UnitMark } from '../ui/icons/unit-mark.tsx';
import { Fact, Facts, Problem } from '../ui/section.tsx';
import { setDesk, useDesk } from './desk-store.ts';
import styles from './map-card.module.css';
import { useStationName } from './station-name.ts';
import { dutyInWords } from './tasks/duty-words.ts';
import { useAction } from './use-action.ts';

/** The selected unit: what it is, where it was last heard, and following it. */
export function UnitCard({ unit }: { unit: WorldUnit }) {
  const t = useT();
  const formats = useFormats();
  const { role } = useSignedIn();
  const station = useStationName(unit.stationId);
  const followed = useDesk(desk => desk.followedUnitId === unit.id);
  const action = useAction();
  const now = useNow();
  const { slot } = unit;
  const shown = unitSlots.shown(slot);
  const texts = useTexts(taskTexts);
  const duty = dutyOf(unit, now);
  return (
    <section className={styles.card} aria-label={unit.callsign}>
      <header>
        <UnitMark state={unit.state} kind={unit.kind} />
        <h3>{unit.callsign}</h3>
        <span>{t.unitKind[unit.kind]}</span>
        <IconButton icon="close" label={t.close} onPress={() => setDesk({ selection: null })} />
      </header>
      <Facts>
        <Fact name={t.unit.state}>{t.unitState[unit.state]}</Fact>
        <Fact name={t.unit.station}>{station ?? t.none}</Fact>
        <Fact name={texts.duty}>{dutyInWords(duty, texts.dutySays, formats)}</Fact>
        <Fact name={t.unit.crew}>{t.crew(duty.crew.sworn, duty.crew.auxiliary)}</Fact>
        <Fact name={t.unit.fixAge}>
          {shown ? t.trace.ago(formats.age((now - unitSlots.fixAt[slot]!) / 1000)) : t.unit.noFix}
        </Fact>
        {shown && (
          <Fact name={t.unit.speed}>{t.unit.speedKmh(formats.number(unitSlots.speedMps[slot]! * 3.6))}</Fact>
        )}
      </Facts>
      {maySetUnitState(role) && (
        <ChoiceField<UnitState>
          label={t.unit.setState}
          value={unit.state}
          isDisabled={action.busy}
          onChange={state => void action.run(() => setUnitState(unit.id, state))}
          choices={unitStates.map(value => ({ value, label: t.unitState[value] }))}
        />
      )}
      <Problem>{action.problem}</Problem>
      <Button
        icon="follow"
        isDisabled={!shown}
        variant={followed ? 'primary' : 'plain'}
        onPress={() => setDesk({ followedUnitId: followed ? null : unit.id })}
      >
        {followed ? t.nearest.unfollow : t.nearest.follow}
      </Button>
    </section>
  );
}
