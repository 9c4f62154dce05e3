import type { WorldIncident } from '#domain/world.ts';
import { useEffect } from 'react';
import { useT } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { setDesk, useDesk } from '../desk-store.ts';
import { showNearest } from '../nearest.ts';
import { NearestList } from '../nearest-list.tsx';
import { useReference } from '../reference.ts';
import { incidentPosition } from '../scene.ts';

/** Nearest units to the incident's place; it gives way to a point that is clicked on the map. */
export function IncidentNearest({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const stations = useReference(reference => reference.stations);
  const position = incidentPosition(incident, stations);
  const [lng, lat] = position ?? [];
  const to = useDesk(desk => desk.nearest?.to);
  const here = to !== undefined && to[0] === lng && to[1] === lat;
  const open = incident.state === 'open';
  useEffect(() => {
    if (!open) setDesk({ nearest: null });
    else if (lng !== undefined && lat !== undefined) showNearest([lng, lat]);
  }, [open, lng, lat]);
  if (!position || !open) return null;
  return (
    <Section
      title={t.nearest.title}
      icon="route"
      action={
        here ? (
          <small>{t.nearest.byRoad}</small>
        ) : (
          <Button size="s" onPress={() => showNearest(position)}>
            {t.tools.nearest}
          </Button>
        )
      }
    >
      {here && <NearestList />}
    </Section>
  );
}
