import { type ReactNode, useState } from 'react';
import { amountInCapitals, chineseDay, letterWords as words } from '#domain/loop/stop-letter.ts';
import { errorText } from '../api/error-text.ts';
import { fetchLetter, type StopLetter } from '../api/stops.ts';
import { NotBuiltPage } from '../app/not-built-page.tsx';
import { mayWorkStops } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { useQuery } from '../desk/use-query.ts';
import { stopTexts } from '../i18n/sections/stops.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { zh } from '../i18n/zh.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './letter.module.css';

/** The written request to a bank, for printing on A4; black on white whatever the screen's theme. */
export default function LetterPage({ stopId }: { stopId: string }) {
  const { role } = useSignedIn();
  return mayWorkStops(role) ? <Letter stopId={stopId} /> : <NotBuiltPage missing />;
}

function Letter({ stopId }: { stopId: string }) {
  const t = useT();
  const texts = useTexts(stopTexts).letterPage;
  const letter = useQuery(stopId, signal => fetchLetter(stopId, signal));
  useTitle(texts.title);
  if (letter.error !== undefined) return <Notice icon="warning" title={errorText(letter.error, t)} full />;
  if (!letter.data) return <Notice title={t.loading} full />;
  return (
    <main className={styles.page}>
      <aside className={styles.bar}>
        <p>
          {texts.holderHint} {texts.audited}
          {letter.data.state === 'withdrawn' && <strong> {texts.withdrawn}</strong>}
        </p>
        <Button variant="primary" onPress={() => globalThis.print()}>
          {texts.print}
        </Button>
      </aside>
      <Sheet letter={letter.data} />
    </main>
  );
}

function Sheet({ letter }: { letter: StopLetter }) {
  const { region } = useSignedIn();
  const bureau = region ? words.bureau(region.name) : zh.header.unnamedRegion;
  const { number, bank, account, holder, amount, requestedAt } = letter;
  return (
    <article className={styles.sheet} lang="zh-CN">
      <header>
        <p className={styles.bureau}>{bureau}</p>
        <h1>{words.title}</h1>
        <p className={styles.number}>{number}</p>
      </header>
      <p className={styles.to}>{words.to(bank)}</p>
      <p className={styles.text}>{words.basis}</p>
      <table>
        <tbody>
          <Line name={words.bank}>{bank}</Line>
          <Line name={words.account}>
            <span className={styles.account}>{inFours(account)}</span>
          </Line>
          <Line name={words.holder}>
            <Holder holder={holder} />
          </Line>
          <Line name={words.amount}>{amount === null ? words.wholeBalance : inYuan(amount)}</Line>
          <Line name={words.term}>{words.termText}</Line>
          <Line name={words.reason}>{words.reasonText}</Line>
        </tbody>
      </table>
      <div className={styles.signatures}>
        <p>{words.officers}：</p>
        <p>{words.approver}：</p>
        <p>{words.phone}：</p>
      </div>
      <div className={styles.seal}>
        <p>{bureau}</p>
        <p>{words.seal}</p>
        <p>{chineseDay(Date.parse(requestedAt))}</p>
      </div>
      <Receipt number={number} bureau={bureau} />
    </article>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  );
}

/** An account may be another person's than the subject's: the name can be written over before printing. */
function Holder({ holder }: { holder: string }) {
  const [name, setName] = useState(holder);
  return (
    <input
      className={styles.holder}
      aria-label={words.holder}
      value={name}
      maxLength={64}
      onChange={change => setName(change.target.value)}
    />
  );
}

/** What the bank sends back. */
function Receipt({ number, bureau }: { number: string; bureau: string }) {
  return (
    <section className={styles.receipt}>
      <h2>{words.receiptTitle}</h2>
      <p>{bureau}：</p>
      <p className={styles.text}>{words.receipt(number)}</p>
      <p>{words.receiptHeld}</p>
      <p>{words.receiptRefused}</p>
      <div className={styles.signatures}>
        <p>{words.clerk}：</p>
        <p>{words.receiptSeal}</p>
        <p>{words.blankDate}</p>
      </div>
    </section>
  );
}

/** In groups of four, as it stands on the card. */
const inFours = (account: string): string =>
  /^\d{12,}$/.test(account) ? account.replaceAll(/\d{4}(?=\d)/g, '$& ') : account;

const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const inYuan = (amount: number): string =>
  `${words.currency}${amountInCapitals(amount)}（￥${yuan.format(amount)}）`;
