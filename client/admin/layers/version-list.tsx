import type { VersionsReply, VersionView } from '#contract/layer.ts';
import { restoreVersion, undoVersion } from '../../api/layers.ts';
import { useAction } from '../../desk/use-action.ts';
import type { Query } from '../../desk/use-query.ts';
import { layersTexts } from '../../i18n/sections/layers.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/section.tsx';
import styles from './layers.module.css';

/** Every change with who made it; each can be gone back to. */
export function VersionList({
  versions,
  onChanged,
}: {
  versions: Query<VersionsReply>;
  onChanged: () => void;
}) {
  const t = useT();
  const texts = useTexts(layersTexts);
  const formats = useFormats();
  const { busy, problem, run } = useAction();
  const { data } = versions;
  if (!data)
    return versions.error === undefined ? <Notice title={t.loading} /> : <Notice title={t.errors.offline} />;
  const change = async (work: () => Promise<unknown>) => {
    if (await run(work)) onChanged();
  };
  return (
    <>
      <div className={styles.actions}>
        <Button
          icon="undo"
          isDisabled={busy || data.items.length < 2}
          onPress={() => void change(undoVersion)}
        >
          {texts.undo}
        </Button>
        <small>{texts.keptHint(formats.number(data.kept))}</small>
      </div>
      <Problem>{problem}</Problem>
      <ol className={styles.versions}>
        {data.items.map(version => (
          <li key={version.id} data-current={version.current || undefined}>
            <VersionText version={version} all={data.items} />
            {version.current ? (
              <span className={styles.current}>{texts.current}</span>
            ) : (
              <Button
                size="s"
                variant="quiet"
                isDisabled={busy}
                onPress={() => void change(() => restoreVersion(version.id))}
              >
                {texts.restore}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function VersionText({ version, all }: { version: VersionView; all: readonly VersionView[] }) {
  const texts = useTexts(layersTexts);
  const formats = useFormats();
  const stamp = (createdAt: string) => formats.stamp(Date.parse(createdAt));
  const restored = all.find(({ id }) => id === version.restoresId);
  const what = () => {
    switch (version.kind) {
      case 'import':
        return texts.imported;
      case 'generate':
        return texts.generated;
      case 'restore':
        return texts.backTo(restored ? stamp(restored.createdAt) : (version.restoresId ?? ''));
      case 'layer':
        return texts.changedLayer(version.layer ? texts.layer[version.layer] : '', version.file ?? '');
    }
  };
  const { changes } = version;
  return (
    <span className={styles.version}>
      <strong>{what()}</strong>
      <small>
        {stamp(version.createdAt)} · {texts.by(version.by)}
        {changes && ` · +${changes.added} −${changes.removed} ~${changes.changed}`}
        {version.otherRoads && ` · ${texts.otherRoads}`}
      </small>
    </span>
  );
}
