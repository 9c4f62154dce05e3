import { useNow } from '../../clock/use-now.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import styles from './locate.module.css';
import { useLocate } from './locate-store.ts';
import { leavePast } from './past.ts';

/** Over the map while it shows what was believed earlier: nobody may take it for now. */
export function PastBanner() {
  const t = useT();
  const texts = useTexts(locateTexts);
  const formats = useFormats();
  const now = useNow();
  const past = useLocate(locate => locate.past);
  if (!past) return null;
  const at = Date.parse(past.mark.at);
  return (
    <div className={styles.past}>
      <p role="status">
        <Icon name="history" size="1.3em" />
        <strong>{texts.asBelieved(formats.timeShort(at))}</strong>
        <span>{past.loading ? t.loading : texts.longAgo(formats.age((now - at) / 1000))}</span>
        <Button size="s" onPress={leavePast}>
          {texts.backToNow}
        </Button>
      </p>
    </div>
  );
}
