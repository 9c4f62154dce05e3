/** How the audit names people, incidents and authorities. */
import type { AuditItem, AuditPerson } from '../api/audit.ts';
import { auditTexts } from '../i18n/sections/audit.ts';
import { useT, useTexts } from '../i18n/use-t.ts';

export function Person({ person, actor }: { person: AuditPerson | null; actor?: string }) {
  const t = useT();
  const texts = useTexts(auditTexts);
  if (person)
    return (
      <>
        {person.name} <small>{(t.roles as Record<string, string>)[person.role] ?? person.role}</small>
      </>
    );
  const [kind, name] = (actor ?? '').split(':');
  if (kind === 'device') return texts.device;
  return kind === 'system' ? `${texts.system} ${name}` : texts.anonymous;
}

export function IncidentName({ incident }: { incident: AuditItem['incident'] }) {
  const texts = useTexts(auditTexts);
  return incident ? <>{texts.incidentName(incident.day, incident.number)}</> : <>–</>;
}

export function Authority({ authority }: { authority: AuditItem['authority'] }) {
  if (!authority) return <>–</>;
  return (
    <>
      {authority.number} <small>{authority.legalBasis}</small>
    </>
  );
}
