import { useState } from 'react';
import { fetchLookers, type Looker, type Lookers } from '../api/audit.ts';
import { errorText } from '../api/error-text.ts';
import { useQuery } from '../desk/use-query.ts';
import { auditTexts } from '../i18n/sections/audit.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Problem, Section } from '../ui/section.tsx';
import styles from './audit.module.css';
import { Authority, IncidentName, Person } from './names.tsx';

/** Everybody who ever looked at one person. */
export default function LookersSection() {
  const t = useT();
  const texts = useTexts(auditTexts);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const { data, error, reload } = useQuery(asked, signal => fetchLookers(asked ?? '', signal));
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.sections.lookers}</h2>
      <Section title={texts.sections.lookers} icon="eye">
        <p className={styles.hint}>{texts.lookersHint}</p>
        <form
          className={styles.bar}
          onSubmit={form => {
            form.preventDefault();
            if (typed.trim() === '') return;
            setAsked(typed.trim());
            reload();
          }}
        >
          <Field
            label={texts.incident}
            value={typed}
            onChange={setTyped}
            placeholder={texts.incidentHint}
            isRequired
          />
          <Button type="submit" variant="primary" icon="magnifier">
            {texts.search}
          </Button>
        </form>
        <Problem>{error !== undefined && errorText(error, t)}</Problem>
        {error === undefined && data && <LookerTable lookers={data} />}
      </Section>
    </div>
  );
}

function LookerTable({ lookers: { incidents, items } }: { lookers: Lookers }) {
  const texts = useTexts(auditTexts);
  return (
    <>
      <p>{texts.lookersOf(incidents.length)}</p>
      {items.length === 0 ? (
        <p className={styles.hint}>{texts.noLookers}</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                {texts.lookerColumns.map(column => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map(looker => (
                <Row key={looker.person.id} looker={looker} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Row({ looker }: { looker: Looker }) {
  const formats = useFormats();
  const stamp = (at: string) => formats.stamp(Date.parse(at));
  return (
    <tr>
      <th scope="row">
        <Person person={looker.person} />
      </th>
      <td className={styles.number}>{formats.number(looker.looks)}</td>
      <td className={styles.number}>{formats.number(looker.refused)}</td>
      <td className={styles.number}>{stamp(looker.firstAt)}</td>
      <td className={styles.number}>{stamp(looker.lastAt)}</td>
      <td className={styles.words}>
        {looker.authorities.length === 0 && '–'}
        {looker.authorities.map(authority => (
          <div key={authority.id}>
            <Authority authority={authority} />
          </div>
        ))}
      </td>
      <td>
        {looker.incidents.map(incident => (
          <div key={incident.id}>
            <IncidentName incident={incident} />
          </div>
        ))}
      </td>
    </tr>
  );
}
