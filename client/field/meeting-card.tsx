import { errorText } from '../api/error-text.ts';
import { fetchPhrase } from '../api/meetings.ts';
import { useQuery } from '../desk/use-query.ts';
import { meetingTexts } from '../i18n/sections/meeting.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Problem } from '../ui/section.tsx';
import own from './meeting-flow.module.css';
import { useCrew } from './use-crew.ts';

interface CardSheetProps {
  incidentId: string;
  unitId: string;
  /** Who stands here; null: whoever rides with the unit by the roster. */
  officerIds: readonly string[] | null;
  onClose: () => void;
}

/** To be held up to somebody who was told that the police are impostors: badge numbers, and the phrase that the family knows. */
export function CardSheet({ incidentId, unitId, officerIds, onClose }: CardSheetProps) {
  const t = useT();
  const texts = useTexts(meetingTexts);
  const formats = useFormats();
  const { officers, ofUnit } = useCrew(unitId);
  const here = officers.filter(({ id, sworn }) => sworn && (officerIds ?? ofUnit).includes(id));
  const phrase = useQuery(incidentId, signal => fetchPhrase(incidentId, signal));
  return (
    <Dialog title={texts.police} hint={texts.cardHint} isOpen onClose={onClose}>
      <div className={own.card}>
        {here.map(({ id, name, badgeNumber }) => (
          <p key={id}>
            <small>
              {name} · {texts.badge}
            </small>
            <strong>{badgeNumber}</strong>
          </p>
        ))}
        {phrase.data && (
          <p data-phrase>
            <small>
              {texts.phrase} ·{' '}
              {phrase.data.toldAt === null
                ? texts.notTold
                : texts.toldAt(formats.timeShort(Date.parse(phrase.data.toldAt)))}
            </small>
            <strong>{phrase.data.phrase}</strong>
          </p>
        )}
      </div>
      <Problem>{phrase.error === undefined ? null : errorText(phrase.error, t)}</Problem>
    </Dialog>
  );
}
