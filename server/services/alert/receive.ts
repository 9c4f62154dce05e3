import { eq, sql } from 'drizzle-orm';
import type { AlertBody, AlertReply } from '#contract/alert.ts';
import type { Position } from '#contract/common.ts';
import { CodedError } from '#contract/errors.ts';
import { higherRisk } from '#domain/apply.ts';
import { alertByExternalId } from '../../../db/queries/alert-by-external-id.ts';
import { type OpenIncident, openIncidentOf } from '../../../db/queries/open-incident-of.ts';
import { stationFor } from '../../../db/queries/station-for.ts';
import { subjectByPhone } from '../../../db/queries/subject-by-phone.ts';
import {
  accountPrivate,
  alert,
  incident,
  incidentDay,
  subject,
  subjectPrivate,
} from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { assignStation } from '../incident/assign-station.ts';
import { openLoop } from '../incident/open-loop.ts';
import { keepText } from '../keep-text.ts';
import { canonicalJson, keyedHash } from '../keyed-hash.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { confidenceClass, homeOf, type KnownHome } from './home.ts';
import { normalisePhone } from './phone.ts';

/** What an alert says, in the form in which it is compared and kept. */
interface Received {
  body: AlertBody;
  home: KnownHome;
  phone: string;
  phoneHash: Uint8Array;
  contentHash: Uint8Array;
}

/**
 * Takes in one alert: finds the person by phone number, joins her open incident or opens one, decides the station by
 * jurisdiction. The same external id again gives the same answer; with other content it is a conflict. Two alerts for
 * one person at the same moment make one incident: the unique index decides, and the loser looks again.
 */
export async function receiveAlert(
  deps: ServiceDeps,
  call: Call,
  body: AlertBody,
): Promise<Done<AlertReply>> {
  requireAllowed(call.actor, 'alert.receive');
  const phone = normalisePhone(body.subject.phone);
  const received: Received = {
    body,
    home: await homeOf(deps, body.subject),
    phone,
    phoneHash: keyedHash(deps.hashKey, `phone:${phone}`),
    contentHash: keyedHash(deps.hashKey, `alert:${canonicalJson(body)}`),
  };
  return perform(deps, call, work => store(work, received), { retryUnique: true });
}

async function store(work: Work, received: Received): Promise<AlertReply> {
  const repeated = await answerToRepeat(work, received);
  if (repeated) return repeated;
  const { body } = received;
  const { subjectId, homeKnown } = await findOrCreateSubject(work, received);
  const open = await openIncidentOf(work.tx, subjectId);
  const joined = open !== undefined;
  const incidentId = open?.id ?? (await openIncident(work, subjectId, received));
  const alertId = await insertAlert(work, incidentId, received);
  work.append({
    kind: 'alertReceived',
    incidentId,
    observedAt: body.receivedAt ?? work.now,
    payload: {
      incidentId,
      alertId,
      source: body.source,
      risk: body.risk,
      scamType: body.scamType,
      amount: body.amount ?? null,
      accounts: body.accounts?.length ?? 0,
      joined,
    },
  });
  if (open) {
    await raise(work, open, body);
    await assignStation(work, open, received.home.ground);
  }
  if (homeKnown) tellHome(work, incidentId, received.home);
  await openLoop(work, { incidentId, body });
  work.audit({ action: 'alert.receive', resource: alertId, incidentId, detail: { joined, risk: body.risk } });
  return { alertId, incidentId, joined };
}

async function answerToRepeat(work: Work, { body, contentHash }: Received): Promise<AlertReply | undefined> {
  if (body.externalId === undefined) return undefined;
  const earlier = await alertByExternalId(work.tx, body.source, body.externalId);
  if (!earlier) return undefined;
  if (Buffer.compare(earlier.contentHash, contentHash) !== 0) {
    throw new CodedError('conflict', 'this source has already sent another alert under this externalId', {
      externalId: body.externalId,
      alertId: earlier.alertId,
    });
  }
  return { alertId: earlier.alertId, incidentId: earlier.incidentId, joined: earlier.joined };
}

/** How a home was read from an address; one that was given needs no telling. */
function tellHome(work: Work, incidentId: string, { basis, confidence }: KnownHome): void {
  if (basis !== 'address') return;
  work.append({
    kind: 'homeResolved',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, basis, confidenceClass: confidenceClass(confidence ?? 0) },
  });
}

/**
 * What the newest alert says of a known person wins; what it leaves out stays. `homeKnown`: her home is the one that
 * this alert tells.
 */
async function findOrCreateSubject(
  work: Work,
  { body, home, phone, phoneHash }: Received,
): Promise<{ subjectId: string; homeKnown: boolean }> {
  const { name, idNumber, address, vehicle } = body.subject;
  const said = { name, ...defined({ idNumber, address, vehicle }) };
  const known = await subjectByPhone(work.tx, phoneHash);
  if (known) {
    const homeKnown = await replacesHome(work, known.subjectId, body, home);
    const kept = homeKnown ? { ...said, ...columnsOf(home) } : said;
    await work.tx.update(subjectPrivate).set(kept).where(eq(subjectPrivate.subjectId, known.subjectId));
    return { subjectId: known.subjectId, homeKnown };
  }
  const subjectId = work.id('sub');
  await work.tx.insert(subject).values({ id: subjectId, createdAt: work.at });
  await work.tx.insert(subjectPrivate).values({ subjectId, phone, phoneHash, ...said, ...columnsOf(home) });
  return { subjectId, homeKnown: home.home !== null };
}

/**
 * A home that is given counts always. An address never undoes what a person has set or given; another address than
 * before does away with the home that was read from that one, be it that nothing can be made of the new one.
 */
async function replacesHome(
  work: Work,
  subjectId: string,
  { subject: { address } }: AlertBody,
  home: KnownHome,
): Promise<boolean> {
  if (home.basis === 'given') return true;
  if (address === undefined) return false;
  const [before] = await work.tx
    .select({ address: subjectPrivate.address, basis: subjectPrivate.homeBasis })
    .from(subjectPrivate)
    .where(eq(subjectPrivate.subjectId, subjectId));
  if (!before || before.basis === 'given' || before.basis === 'pinned') return false;
  return before.basis === null || before.address !== address;
}

function columnsOf({ home, basis, radiusM, confidence, elsewhere }: KnownHome) {
  return {
    home: home && lngLat(home),
    homeBasis: basis,
    homeRadiusM: radiusM,
    homeConfidence: confidence,
    homeElsewhere: elsewhere,
  };
}

async function openIncident(work: Work, subjectId: string, { body, home }: Received): Promise<string> {
  const incidentId = work.id('inc');
  const { risk, scamType } = body;
  const { stationId, basis } = await stationFor(work.tx, home.ground);
  const number = await nextNumber(work);
  await work.tx.insert(incident).values({
    id: incidentId,
    number,
    subjectId,
    state: 'open',
    risk,
    scamType,
    stationId,
    stationBasis: basis,
    amount: body.amount ?? null,
    openedAt: work.at,
  });
  work.append({
    kind: 'incidentOpened',
    incidentId,
    observedAt: work.now,
    payload: {
      incidentId,
      number,
      subjectId,
      risk,
      scamType,
      stationId,
      stationBasis: basis,
      openedAt: work.now,
    },
  });
  return incidentId;
}

/** The next number of this day in Shanghai. Who opens an incident at the same moment waits for our commit. */
async function nextNumber(work: Work): Promise<number> {
  const [given] = await work.tx
    .insert(incidentDay)
    .values({ day: sql`(${work.now}::timestamptz at time zone 'Asia/Shanghai')::date`, last: 1 })
    .onConflictDoUpdate({ target: incidentDay.day, set: { last: sql`${incidentDay.last} + 1` } })
    .returning({ number: incidentDay.last });
  return given!.number;
}

/** A joining alert may raise risk and amount, never lower them. */
async function raise(work: Work, open: OpenIncident, body: AlertBody): Promise<void> {
  const risk = higherRisk(open.risk, body.risk);
  const amount = sql`greatest(${incident.amount}, ${body.amount ?? null}::numeric)`;
  await work.tx.update(incident).set({ risk, amount }).where(eq(incident.id, open.id));
  if (risk === open.risk) return;
  const observedAt = body.receivedAt ?? work.now;
  work.append({
    kind: 'riskRaised',
    incidentId: open.id,
    observedAt,
    payload: { incidentId: open.id, risk },
  });
}

async function insertAlert(work: Work, incidentId: string, { body, contentHash }: Received): Promise<string> {
  const id = work.id('alt');
  await work.tx.insert(alert).values({
    id,
    incidentId,
    source: body.source,
    externalId: body.externalId ?? null,
    risk: body.risk,
    scamType: body.scamType,
    amount: body.amount ?? null,
    noteId: await keepText(work, incidentId, body.note),
    observedAt: new Date(body.receivedAt ?? work.now),
    receivedAt: work.at,
    contentHash,
  });
  const accounts = (body.accounts ?? []).map(({ bank, number, amount }) => ({
    id: work.id('acc'),
    incidentId,
    bank,
    number,
    amount: amount ?? null,
  }));
  if (accounts.length > 0) await work.tx.insert(accountPrivate).values(accounts);
  return id;
}

const lngLat = ({ lng, lat }: Position): [number, number] => [lng, lat];

function defined<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
