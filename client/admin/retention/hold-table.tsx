import type { HoldView } from '#contract/retention.ts';
import { mayHold } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { retentionTexts } from '../../i18n/sections/retention.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './retention.module.css';

interface HoldTableProps {
  holds: readonly HoldView[];
  onPlace: () => void;
  onLift: (hold: HoldView) => void;
}

/** Incidents that are held back from the purge, and those that were. */
export function HoldTable({ holds, onPlace, onLift }: HoldTableProps) {
  const texts = useTexts(retentionTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const stamp = (at: string) => formats.stamp(Date.parse(at));
  return (
    <Section
      title={texts.holds}
      icon="lock"
      action={
        mayHold(role) && (
          <Button icon="plus" onPress={onPlace}>
            {texts.place}
          </Button>
        )
      }
    >
      <p className={styles.hint}>{texts.holdsHint}</p>
      {holds.length === 0 ? (
        <p className={styles.hint}>{texts.noHolds}</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <tbody>
              {holds.map(hold => (
                <tr key={hold.id} data-lifted={hold.liftedAt !== null || undefined}>
                  <th scope="row">{texts.incidentName(hold.incident.day, hold.incident.number)}</th>
                  <td>
                    {hold.placedBy} · {stamp(hold.placedAt)}
                    {hold.reason !== null && <small>{hold.reason}</small>}
                  </td>
                  <td>
                    {hold.liftedBy !== null && hold.liftedAt !== null
                      ? texts.lifted(hold.liftedBy, stamp(hold.liftedAt))
                      : mayHold(role) && (
                          <Button size="s" icon="unlock" onPress={() => onLift(hold)}>
                            {texts.lift}
                          </Button>
                        )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
