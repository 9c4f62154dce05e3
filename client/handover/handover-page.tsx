import { useMemo, useState } from 'react';
import type { HandoverDetail, HandoverView, Matter } from '#contract/handover.ts';
import { openMatters, overdueOf } from '#domain/loop/handover.ts';
import type { World } from '#domain/world.ts';
import { errorText } from '../api/error-text.ts';
import { fetchHandover, fetchHandovers } from '../api/handovers.ts';
import { mayListUsers } from '../app/rights.ts';
import { navigate } from '../app/router.ts';
import { useSignedIn } from '../app/session.ts';
import { useNow } from '../clock/use-now.ts';
import { useReferenceList } from '../desk/reference.ts';
import { useQuery } from '../desk/use-query.ts';
import { handoverTexts } from '../i18n/sections/handover.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { queue } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/section.tsx';
import { useKeys } from '../ui/use-keys.ts';
import styles from './handover.module.css';
import { IncidentBlock } from './incident-block.tsx';
import { SignBar } from './sign-bar.tsx';

/** What a shift leaves: what is open, what was promised, by whom and since when. Printed on A4 and signed by two. */
export default function HandoverPage() {
  const t = useT();
  const texts = useTexts(handoverTexts);
  const formats = useFormats();
  const { role } = useSignedIn();
  const world = useLive(live => live.world);
  const link = useLive(live => live.link.state);
  const [shownId, setShownId] = useState<string | null>(null);
  const { handover } = world;
  const list = useQuery(`${handover?.id} ${handover?.takenBy}`, fetchHandovers);
  const detail = useQuery<HandoverDetail>(shownId, signal => fetchHandover(shownId ?? '', signal));
  useReferenceList('stations', true);
  useReferenceList('users', mayListUsers(role));
  useKeys({
    h: () => navigate('/desk'),
    escape: () => (shownId === null ? navigate('/desk') : setShownId(null)),
  });
  const now = useNow();
  // A matter becomes overdue by the minute at the latest.
  const minute = Math.floor(now / 60_000) * 60_000;
  const live = useMemo(() => openMatters(world, minute), [world, minute]);
  const signed = detail.data;
  const matters = signed?.matters ?? live;
  const atMs = signed ? Date.parse(signed.signedAt) : now;
  const open = signed?.openIncidents ?? queue(world.incidents).length;
  if (world.seq === 0) return <Notice title={t.loading} />;
  return (
    <div className={styles.page}>
      <header className={styles.title}>
        <h2>{texts.title}</h2>
        <p>
          {signed
            ? texts.asSigned(signed.signedByName, formats.stamp(Date.parse(signed.signedAt)))
            : texts.hint}
        </p>
        <time>
          {formats.day(atMs)} {formats.timeShort(atMs)}
        </time>
        <span className={styles.verbs}>
          {signed && <Button onPress={() => setShownId(null)}>{texts.backToNow}</Button>}
          <small>
            <kbd>H</kbd> {texts.back}
          </small>
        </span>
      </header>
      {link !== 'live' && !signed && <Problem>{texts.offline}</Problem>}
      <Counts open={open} promised={matters.length} overdue={overdueOf(matters, atMs)} />
      {!signed && <SignBar newest={list.data?.[0]} onChange={list.reload} />}
      {detail.error !== undefined && <Problem>{errorText(detail.error, t)}</Problem>}
      <Blocks world={world} matters={matters} atMs={atMs} withIdle={!signed} />
      <Signatures of={signed ?? list.data?.[0]} />
      <Earlier list={list.data} error={list.error} onShow={setShownId} />
    </div>
  );
}

function Counts(counts: { open: number; promised: number; overdue: number }) {
  const texts = useTexts(handoverTexts);
  return (
    <dl className={styles.counts}>
      {(['open', 'promised', 'overdue'] as const).map(name => (
        <div key={name} data-count={name} data-zero={counts[name] === 0 || undefined}>
          <dt>{texts.counts[name]}</dt>
          <dd>{counts[name]}</dd>
        </div>
      ))}
    </dl>
  );
}

interface BlocksProps {
  world: World;
  matters: readonly Matter[];
  atMs: number;
  /** Also those about which nothing was promised. */
  withIdle: boolean;
}

/** The most pressing incident first, as in the queue; closed ones with revisits at the end. */
function Blocks({ world, matters, atMs, withIdle }: BlocksProps) {
  const texts = useTexts(handoverTexts);
  const of = new Map<string, Matter[]>();
  for (const matter of matters) of.set(matter.incidentId, [...(of.get(matter.incidentId) ?? []), matter]);
  const open = queue(world.incidents).map(({ id }) => id);
  const ids = [
    ...open.filter(id => withIdle || of.has(id)),
    ...[...of.keys()].filter(id => !open.includes(id)),
  ];
  if (ids.length === 0) return <Notice icon="check" title={texts.empty} />;
  return (
    <>
      {ids.map(id => (
        <IncidentBlock
          key={id}
          incidentId={id}
          incident={world.incidents[id]}
          matters={of.get(id) ?? []}
          nowMs={atMs}
        />
      ))}
    </>
  );
}

/** Where two people sign on paper; what is signed already is filled in. */
function Signatures({ of }: { of: HandoverView | undefined }) {
  const texts = useTexts(handoverTexts);
  const formats = useFormats();
  const line = (name: string, who: string | null | undefined, at: string | null | undefined) => (
    <p>
      {name} <u>{who ?? ''}</u> {texts.at} <u>{at ? formats.stamp(Date.parse(at)) : ''}</u>
    </p>
  );
  return (
    <footer className={styles.signatures}>
      {line(texts.from, of?.signedByName, of?.signedAt)}
      {line(texts.to, of?.takenByName, of?.takenAt)}
    </footer>
  );
}

interface EarlierProps {
  list: readonly HandoverView[] | undefined;
  error: unknown;
  onShow: (id: string) => void;
}

function Earlier({ list, error, onShow }: EarlierProps) {
  const t = useT();
  const texts = useTexts(handoverTexts);
  const formats = useFormats();
  return (
    <section className={styles.earlier} aria-label={texts.last}>
      <h3>{texts.last}</h3>
      {error !== undefined && <Problem>{errorText(error, t)}</Problem>}
      {list?.length === 0 && <p className={styles.muted}>{texts.lastEmpty}</p>}
      <ul>
        {list?.map(({ id, signedAt, signedByName, takenByName, openIncidents, promised, overdue }) => (
          <li key={id}>
            <time>{formats.stamp(Date.parse(signedAt))}</time>
            <span>
              {signedByName} → {takenByName ?? texts.noOne}
            </span>
            <span>{texts.summary(openIncidents, promised, overdue)}</span>
            <Button size="s" onPress={() => onShow(id)}>
              {texts.show}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
