import { mayCloseRoads } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { roadTexts } from '../../i18n/sections/roads.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { pickOnMap, setDesk, useDesk } from '../desk-store.ts';

/** Asks for a point on a road, then for the reason. */
export function CloseRoadButton() {
  const texts = useTexts(roadTexts);
  const { role } = useSignedIn();
  const closing = useDesk(desk => desk.closingAt !== null);
  if (!mayCloseRoads(role)) return null;
  return (
    <IconButton
      icon="noEntry"
      label={texts.close}
      isActive={closing}
      onPress={() => pickOnMap(({ position }) => setDesk({ closingAt: position }))}
    />
  );
}
