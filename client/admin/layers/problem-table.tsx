import { useState } from 'react';
import { columnNames } from '#contract/layer-columns.ts';
import type { PreviewReply, RowProblem } from '#contract/layer.ts';
import { fetchProblems } from '../../api/layers.ts';
import { usePrefs } from '../../app/prefs.ts';
import { useAction } from '../../desk/use-action.ts';
import { layersTexts } from '../../i18n/sections/layers.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Problem } from '../../ui/section.tsx';
import styles from './layers.module.css';

/** Row by row what is wrong, a page at a time. */
export function ProblemTable({ shown }: { shown: PreviewReply }) {
  const texts = useTexts(layersTexts);
  const [more, setMore] = useState<RowProblem[]>([]);
  const { busy, problem, run } = useAction();
  const rows = [...shown.problems, ...more];
  const load = () =>
    run(async () => {
      const { items } = await fetchProblems(shown.token, rows.length);
      setMore(before => [...before, ...items]);
    });
  return (
    // A box that scrolls must be in reach of the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={texts.problemsTable}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{texts.row}</th>
            <th scope="col">{texts.column}</th>
            <th scope="col">{texts.value}</th>
            <th scope="col">{texts.reason}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <ProblemRow key={i} problem={row} />
          ))}
        </tbody>
      </table>
      {rows.length < shown.problemCount && (
        <Button size="s" isDisabled={busy} onPress={() => void load()}>
          {texts.more}
        </Button>
      )}
      <Problem>{problem}</Problem>
    </div>
  );
}

function ProblemRow({ problem }: { problem: RowProblem }) {
  const texts = useTexts(layersTexts);
  const lang = usePrefs(prefs => prefs.lang);
  const { row, column, code, value, expected } = problem;
  const names =
    column !== null && column in columnNames ? columnNames[column as keyof typeof columnNames] : null;
  return (
    <tr>
      <td>{row}</td>
      <td>{names ? names[lang === 'zh' ? 1 : 0] : '–'}</td>
      <td className={styles.value}>{value ?? '–'}</td>
      <td>{texts.problem[code](expected)}</td>
    </tr>
  );
}
