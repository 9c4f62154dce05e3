import type { AlertBody } from '#contract/alert.ts';
import type { IntakePreview } from '#contract/intake.ts';
import { knownAlerts, knownPeople } from '../../../db/queries/loop/history.ts';
import type { Actor } from '../../auth/actor.ts';
import { maskName, maskPhone } from '../../auth/masking.ts';
import { contextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type HomeReading, readingOf } from '../alert/home.ts';
import { normalisePhone } from '../alert/phone.ts';
import { requireAllowed } from '../guard.ts';
import { keyedHash } from '../keyed-hash.ts';
import { type AlertFile, readAlertTable } from './read.ts';

/** What taking a table in would do, row by row; nothing is written. Throws forbidden, invalidBody, tooLarge. */
export async function previewAlerts(
  deps: ServiceDeps,
  actor: Actor,
  file: AlertFile,
): Promise<IntakePreview> {
  requireAllowed(actor, 'alert.receive');
  const { rows, alerts, problems, ignored } = readAlertTable(deps, file);
  const hashOf = ({ subject }: AlertBody) =>
    keyedHash(deps.hashKey, `phone:${normalisePhone(subject.phone)}`);
  const hashes = new Map(alerts.map(({ alert }) => [hashOf(alert).toString('hex'), hashOf(alert)]));
  const { people, taken } = await deps.database.read(
    async tx => ({
      people: await knownPeople(tx, [...hashes.values()]),
      taken: await knownAlerts(
        tx,
        alerts.map(({ alert }) => alert),
      ),
    }),
    contextOf(actor),
  );
  const byHash = new Map(people.map(person => [person.phoneHash, person]));
  const firstRows = new Map<string, number>();
  const homes = await homesOf(deps, alerts);
  const views = alerts.map(({ row, alert }, index) => {
    const hash = hashOf(alert).toString('hex');
    const person = byHash.get(hash);
    const above = firstRows.get(hash) ?? null;
    if (above === null) firstRows.set(hash, row);
    const key = `${alert.source} ${alert.externalId}`;
    const repeated = taken.has(key);
    // The same row twice in one table is one alert.
    taken.add(key);
    return {
      row,
      source: alert.source,
      receivedAt: alert.receivedAt ?? null,
      risk: alert.risk,
      scamType: alert.scamType,
      nameMasked: maskName(alert.subject.name),
      phoneMasked: maskPhone(normalisePhone(alert.subject.phone)),
      address: alert.subject.address ?? null,
      home: homes[index] ?? null,
      amount: alert.amount ?? null,
      repeated,
      joins: person?.openId ? { incidentId: person.openId, number: person.openNumber ?? 0 } : null,
      joinsRow: person?.openId ? null : above,
      earlier: person?.earlier ?? 0,
    };
  });
  return { rows, problems, ignored, alerts: views };
}

/** How each row's home is understood; the same words are read once. */
async function homesOf(
  deps: ServiceDeps,
  alerts: readonly { alert: AlertBody }[],
): Promise<(HomeReading | null)[]> {
  const read = new Map<string, Promise<HomeReading | null>>();
  const found: (HomeReading | null)[] = [];
  for (const { alert } of alerts) {
    const { home, address = '' } = alert.subject;
    const reading = home
      ? readingOf(deps, alert.subject)
      : (read.get(address) ?? readingOf(deps, alert.subject));
    if (!home) read.set(address, reading);
    // One after the other: others wait for the same reader.
    found.push(await reading);
  }
  return found;
}
