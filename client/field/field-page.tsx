import { useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { usePrefs } from '../app/prefs.ts';
import { mayAnswerTasks } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { useTexts } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import { CrewPage } from './crew-page.tsx';
import { openField, useField } from './field-store.ts';
import { keepOffline } from './offline.ts';
import { UnitPicker } from './unit-picker.tsx';

/** The page of a crew on the road: one thumb, gloves, sunlight, a network that comes and goes. */
export function FieldPage() {
  const texts = useTexts(fieldTexts);
  const session = useSignedIn();
  const { role, userId } = session;
  const isCrew = mayAnswerTasks(role);
  const locale = usePrefs(prefs => (prefs.lang === 'zh' ? 'zh-CN' : 'en-GB'));
  useTitle(texts.page);
  useEffect(() => {
    if (isCrew) void keepOffline(session);
  }, [isCrew, session]);
  if (!isCrew) return <Notice icon="info" title={texts.notForRole} full />;
  return (
    <I18nProvider locale={locale}>
      <Crew key={userId} userId={userId} />
    </I18nProvider>
  );
}

function Crew({ userId }: { userId: string }) {
  useState(() => openField(userId));
  const unitId = useField(field => field.unitId);
  const [choosing, setChoosing] = useState(false);
  if (unitId === null || choosing) return <UnitPicker userId={userId} onDone={() => setChoosing(false)} />;
  return <CrewPage key={unitId} unitId={unitId} onChangeUnit={() => setChoosing(true)} />;
}
