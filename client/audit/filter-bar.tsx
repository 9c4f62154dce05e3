import { useState } from 'react';
import type { AuditFilter } from '#contract/audit.ts';
import type { AuditPerson } from '../api/audit.ts';
import { auditActionTexts } from '../i18n/sections/audit-actions.ts';
import { auditTexts } from '../i18n/sections/audit.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField, Field } from '../ui/field.tsx';
import styles from './audit.module.css';

const all = '';
const dayMs = 86_400_000;

/** A day in Shanghai as its beginning, or as that of the next. */
const startOf = (day: string): string => `${day}T00:00:00+08:00`;
const endOf = (day: string): string => new Date(Date.parse(startOf(day)) + dayMs).toISOString();

interface FilterBarProps {
  people: readonly AuditPerson[];
  onSearch: (filter: AuditFilter) => void;
}

/** Whose acts, about which incident, of which kind, when. Nothing is asked before the button is pressed. */
export function FilterBar({ people, onSearch }: FilterBarProps) {
  const t = useT();
  const texts = useTexts(auditTexts);
  const actions = useTexts(auditActionTexts);
  const [user, setUser] = useState(all);
  const [incident, setIncident] = useState('');
  const [action, setAction] = useState(all);
  const [looks, setLooks] = useState(true);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const roleOf = (role: string) => (t.roles as Record<string, string>)[role] ?? role;
  const search = () =>
    onSearch({
      ...(user !== all && { user }),
      ...(incident.trim() !== '' && { incident: incident.trim() }),
      ...(action !== all && { action }),
      ...(action === all && looks && { looks }),
      ...(from !== '' && { from: startOf(from) }),
      ...(to !== '' && { to: endOf(to) }),
    });
  return (
    <form
      className={styles.bar}
      onSubmit={form => {
        form.preventDefault();
        search();
      }}
    >
      <ChoiceField
        label={texts.user}
        value={user}
        onChange={setUser}
        choices={[
          { value: all, label: texts.everybody },
          ...people.map(({ id, name, role }) => ({ value: id, label: `${name} · ${roleOf(role)}` })),
        ]}
      />
      <Field
        label={texts.incident}
        value={incident}
        onChange={setIncident}
        placeholder={texts.incidentHint}
        unmarked
      />
      <ChoiceField
        label={texts.act}
        value={action}
        onChange={setAction}
        choices={[
          { value: all, label: texts.everything },
          ...Object.entries(actions).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Field label={texts.from} value={from} onChange={setFrom} type="date" unmarked />
      <Field label={texts.to} value={to} onChange={setTo} type="date" unmarked />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={looks && action === all}
          disabled={action !== all}
          onChange={change => setLooks(change.target.checked)}
        />
        {texts.looksOnly}
      </label>
      <Button type="submit" variant="primary" icon="magnifier">
        {texts.search}
      </Button>
    </form>
  );
}
