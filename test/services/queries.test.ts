/** The text of every question to the database, in `test/golden/sql`: a changed query shows in the diff. */
import { readdirSync } from 'node:fs';
import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { expect, it } from 'vitest';
import { accountFacts, listAccounts, lockAccount, someAdministrator } from '../../db/queries/accounts.ts';
import { logOfIncident, tasksOfReport } from '../../db/queries/after-action.ts';
import { alertByExternalId } from '../../db/queries/alert-by-external-id.ts';
import { auditRowsAfter } from '../../db/queries/audit-rows.ts';
import {
  auditDayCounts,
  auditDays,
  auditList,
  auditPeople,
  firstAuditAt,
  incidentsOfSubject,
  lookersOf,
} from '../../db/queries/audit-view.ts';
import {
  findingsOf,
  incidentsWithPhone,
  looksBetween,
  officerPhones,
  openFindings,
  shiftsOfUsers,
  workOn,
} from '../../db/queries/findings.ts';
import {
  reviewForUpdate,
  reviewPapers,
  traceIsGone,
  traceIsOpen,
  validReview,
} from '../../db/queries/review.ts';
import {
  countDue,
  dueIncidents,
  forgottenSubjects,
  incidentByNumber,
  legalHolds,
  newestReceipt,
  purgeReceipts,
  retentionPeriods,
} from '../../db/queries/retention.ts';
import { bookmarkOf, bookmarksOf } from '../../db/queries/bookmark.ts';
import { secretNamed } from '../../db/queries/secret.ts';
import { subjectNames } from '../../db/queries/subject-names.ts';
import { authorityForUpdate, validAuthority } from '../../db/queries/authority.ts';
import {
  beliefAt,
  beliefBefore,
  beliefMarks,
  beliefsOf,
  knownOfIncident,
  rowsSince,
} from '../../db/queries/belief.ts';
import {
  calibrationScores,
  factsOfCase,
  foundCase,
  unvaluedCase,
  valuedEvidence,
} from '../../db/queries/calibration.ts';
import { closedRoads } from '../../db/queries/closures.ts';
import { deviceByToken } from '../../db/queries/device-by-token.ts';
import { listDevices, listUnknownDevices } from '../../db/queries/devices.ts';
import { fullSubject } from '../../db/queries/full-subject.ts';
import { glassForUpdate, glassUses } from '../../db/queries/break-glass.ts';
import { bulletinRows, caseLog, caseName, ownersAsOf, stationNames } from '../../db/queries/loop/bulletin.ts';
import { canAnswer, clearedOf, clearRows } from '../../db/queries/loop/clear.ts';
import { handoverDetail, handoverToTake, lastHandovers } from '../../db/queries/handovers.ts';
import { notesOf } from '../../db/queries/notes.ts';
import { outcomesOf, vaultGone } from '../../db/queries/loop/outcomes.ts';
import { incidentAccess } from '../../db/queries/incident-access.ts';
import { incidentDetail } from '../../db/queries/incident-detail.ts';
import { boundsOfIncident, boundsOfSpan } from '../../db/queries/log-after.ts';
import { listIncidents } from '../../db/queries/list-incidents.ts';
import { lockOfficers, listOfficers, officerWithBadge } from '../../db/queries/officer.ts';
import { openIncidentOf } from '../../db/queries/open-incident-of.ts';
import { listOrders, openOrderOf, openOrdersOfStations, orderById } from '../../db/queries/loop/orders.ts';
import { accountsOf, letterOf, stopById, stopsOf } from '../../db/queries/loop/stops.ts';
import { bankForUpdate, bankTaken, listBanks } from '../../db/queries/loop/banks.ts';
import { ownPhone } from '../../db/queries/own-phone.ts';
import { packedFixes } from '../../db/queries/packed-fixes.ts';
import { passkeyById, passkeysOf } from '../../db/queries/passkeys.ts';
import { findPlaces } from '../../db/queries/places.ts';
import { findSegments } from '../../db/queries/segments.ts';
import { listCameras, listCellSites } from '../../db/queries/sensors.ts';
import {
  foundKind,
  foundOfIncident,
  priorChanges,
  priorCounts,
  priorWeights,
} from '../../db/queries/prior.ts';
import { drivingUnits, roadSetting, speedCounts } from '../../db/queries/road-speeds.ts';
import { secondFactors } from '../../db/queries/second-factors.ts';
import { sessionByToken } from '../../db/queries/session-by-token.ts';
import { openSessions } from '../../db/queries/sessions.ts';
import { sightingAccess } from '../../db/queries/sighting-access.ts';
import { sightingFlags } from '../../db/queries/sighting-flags.ts';
import {
  shiftsAheadOfOfficer,
  shiftsAheadOfVehicle,
  shiftsBetween,
  shiftsInTheWay,
  shiftsOfUnits,
} from '../../db/queries/shift.ts';
import { stationExists } from '../../db/queries/station-exists.ts';
import { stationFor } from '../../db/queries/station-for.ts';
import { listStations } from '../../db/queries/stations.ts';
import { subjectByPhone } from '../../db/queries/subject-by-phone.ts';
import { chunksAt, chunksBetween, chunksOfUnit, newestChunks } from '../../db/queries/track-chunks.ts';
import { listTasks, openTasksOfIncident, openTaskStates, taskById } from '../../db/queries/task.ts';
import { unitExists } from '../../db/queries/unit-exists.ts';
import { unitStation } from '../../db/queries/unit-station.ts';
import { listUnits, unitById, unitsByCallsign } from '../../db/queries/units.ts';
import { userByCertificate, userById, userByUsername } from '../../db/queries/user-by-username.ts';
import { userToAdd } from '../../db/queries/user-to-add.ts';
import { listUsers } from '../../db/queries/users.ts';
import { listVehicles, lockVehicle, vehicleWithPlate } from '../../db/queries/vehicle.ts';
import { standingPins } from '../../db/queries/wall-pin.ts';
import { lastRowBy, receivedMsOf, recordedSightings, whatIfsOf } from '../../db/queries/what-if.ts';
import { whereIs } from '../../db/queries/where-is.ts';
import type { Tx } from '../../db/transaction.ts';
import { expectGoldenSql } from '../builders/golden-sql.ts';

const hash = new Uint8Array([1, 2, 3]);
const at = new Date('2026-11-22T01:00:00Z');
const written = at.toISOString();
const bbox: [number, number, number, number] = [103, 24, 104, 25];

const questions: Record<string, (tx: Tx) => Promise<unknown>> = {
  'account-facts': tx => accountFacts(tx, 'u-1'),
  'calibration-found': tx => foundCase(tx, 'inc_1'),
  'calibration-belief-before': tx => beliefBefore(tx, 'inc_1', 0),
  'what-if-sightings': tx => recordedSightings(tx, 'inc_1', 0),
  'what-if-row': tx => lastRowBy(tx, 'inc_1', 0),
  'what-if-moment': tx => receivedMsOf(tx, 7),
  bookmarks: tx => bookmarksOf(tx, 'inc_1'),
  'bookmark-one': tx => bookmarkOf(tx, 'bmk_1'),
  'what-ifs': tx => whatIfsOf(tx, 'inc_1'),
  'calibration-scores': tx => calibrationScores(tx),
  'calibration-evidence': tx => valuedEvidence(tx),
  'calibration-unvalued': tx => unvaluedCase(tx),
  'calibration-facts': tx => factsOfCase(tx, 'inc_1', 0),
  'after-action-log': tx => logOfIncident(tx, 'inc_1'),
  'after-action-tasks': tx => tasksOfReport(tx, 'inc_1'),
  'log-bounds-of-incident': tx => boundsOfIncident(tx, 'inc_1'),
  'log-bounds-from-instant': tx => boundsOfIncident(tx, 'inc_1', { ms: 0 }),
  'log-bounds-of-span': tx => boundsOfSpan(tx, 0, 1000),
  'beliefs-of': tx => beliefsOf(tx, 'inc_1', 0, 20),
  'review-locked': tx => reviewForUpdate(tx, 'rva_1'),
  'review-valid': tx => validReview(tx, 'inc_1', 'u-1', new Date(0)),
  'review-trace-gone': tx => traceIsGone(tx, 'inc_1'),
  'review-trace-open': tx => traceIsOpen(tx, 'inc_1'),
  'reviews-of-incident': tx => reviewPapers(tx, { incidentId: 'inc_1', askedBy: 'u-1' }),
  'reviews-waiting': tx => reviewPapers(tx, { askedBy: null, waitingAt: new Date(0) }),
  'account-locked': tx => lockAccount(tx, 'u-1'),
  accounts: tx => listAccounts(tx, at, 900_000, 5),
  'administrator-left': tx => someAdministrator(tx),
  devices: tx => listDevices(tx, at),
  'devices-unknown': tx => listUnknownDevices(tx),
  'passkey-by-id': tx => passkeyById(tx, 'key'),
  'passkeys-of': tx => passkeysOf(tx, 'u-1'),
  'second-factors': tx => secondFactors(tx, 'u-1'),
  'sessions-open': tx => openSessions(tx, at),
  'sessions-open-of': tx => openSessions(tx, at, 'u-1'),
  'user-by-certificate': tx => userByCertificate(tx, 'CN=x'),
  'user-by-id': tx => userById(tx, 'u-1'),
  'alert-by-external-id': tx => alertByExternalId(tx, 'platform', 'x-1'),
  'audit-day-counts': tx => auditDayCounts(tx, at, at),
  'audit-days': tx => auditDays(tx, 60),
  'audit-first-at': tx => firstAuditAt(tx),
  'audit-list': tx =>
    auditList(
      tx,
      { actor: 'user:u-1', incidentIds: ['inc_1'], actions: ['trace.open'], from: at, to: at },
      { beforeSeq: 9, limit: 100 },
    ),
  'audit-lookers': tx => lookersOf(tx, ['inc_1']),
  'audit-people': tx => auditPeople(tx),
  'finding-colleagues': tx => incidentsWithPhone(tx, ['inc_1'], [Buffer.from(hash)]),
  'finding-looks': tx => looksBetween(tx, at, at),
  'finding-phones': tx => officerPhones(tx),
  'finding-shifts': tx => shiftsOfUsers(tx, ['u-1'], at, at),
  'finding-work': tx => workOn(tx, ['inc_1'], at, at),
  findings: tx => findingsOf(tx, '2026-11-16'),
  'findings-open': tx => openFindings(tx),
  'incident-by-number': tx => incidentByNumber(tx, '2026-11-22', 3),
  'incidents-of-subject': tx => incidentsOfSubject(tx, 'inc_1'),
  'retention-count-due': tx => countDue(tx, { trace: at, vault: at }),
  'retention-due': tx => dueIncidents(tx, 'trace', at, 50),
  'retention-forgotten': tx => forgottenSubjects(tx, ['sub_1']),
  'retention-holds': tx => legalHolds(tx, 200),
  'retention-periods': tx => retentionPeriods(tx),
  'retention-receipts': tx => purgeReceipts(tx),
  'retention-receipt-newest': tx => newestReceipt(tx),
  'secret-named': tx => secretNamed(tx, 'signingKey'),
  'subject-names': tx => subjectNames(tx, ['inc_1']),
  'audit-rows': tx => auditRowsAfter(tx, 7, 2000),
  'authority-for-update': tx => authorityForUpdate(tx, 'aut_1'),
  'authority-valid': tx => validAuthority(tx, 'inc_1', 'usr_1', at),
  'break-glass-of': tx => glassForUpdate(tx, 'aut_1'),
  'break-glass-uses': tx => glassUses(tx, 'due', 10),
  'wall-pins': tx => standingPins(tx, at),
  'belief-at': tx => beliefAt(tx, 'inc_1', 7),
  'belief-known': tx => knownOfIncident(tx, 'inc_1'),
  'belief-rows-since': tx => rowsSince(tx, 'inc_1', 7),
  'belief-marks': tx => beliefMarks(tx, 'inc_1'),
  'device-by-token': tx => deviceByToken(tx, hash, at),
  'full-subject': tx => fullSubject(tx, 'inc_1'),
  'incident-access': tx => incidentAccess(tx, 'inc_1', 'share'),
  'incident-detail': tx => incidentDetail(tx, 'inc_1'),
  'list-incidents': tx =>
    listIncidents(
      tx,
      { stationId: 'st-1', userId: 'u-1' },
      {
        state: 'open',
        station: 'st-1',
        from: at.toISOString(),
        to: at.toISOString(),
        cursor: 'inc_9',
        limit: 100,
      },
    ),
  'open-incident-of': tx => openIncidentOf(tx, 'sub_1'),
  'own-phone': tx => ownPhone(tx, 'u-1'),
  'packed-fixes': tx => packedFixes(tx, sql`position where unit_id = ${'unt_1'}`),
  places: tx => findPlaces(tx, { bbox, kinds: ['bank', 'atm'], after: 'p9', limit: 10 }),
  'places-by-text': tx => findPlaces(tx, { text: 'Cha kou', limit: 10 }),
  segments: tx => findSegments(tx, { bbox, limit: 10 }),
  cameras: tx => listCameras(tx, { bbox, limit: 10 }),
  'cell-sites': tx => listCellSites(tx, { limit: 10 }),
  'closed-roads': tx => closedRoads(tx, at),
  'driving-units': tx => drivingUnits(tx),
  'prior-changes': tx => priorChanges(tx, 100),
  'prior-counts': tx => priorCounts(tx),
  'prior-found-near': tx => foundKind(tx, { placeId: null, position: { lng: 103.3, lat: 24.7 } }),
  'prior-found-of-incident': tx => foundOfIncident(tx, 'inc_1'),
  'prior-weights': tx => priorWeights(tx),
  'road-setting': tx => roadSetting(tx, 'update'),
  'speed-counts': tx => speedCounts(tx),
  'session-by-token': tx => sessionByToken(tx, hash),
  'sighting-access': tx => sightingAccess(tx, 'sgt_1'),
  'sighting-flags': tx => sightingFlags(tx, 'inc_1'),
  'station-exists': tx => stationExists(tx, 'st-1'),
  'station-for': tx => stationFor(tx, { lng: 103.3, lat: 24.7 }),
  stations: tx => listStations(tx),
  'subject-by-phone': tx => subjectByPhone(tx, hash),
  'track-chunks-at': tx => chunksAt(tx, ['unt_1'], [at.getTime()]),
  'track-chunks-between': tx => chunksBetween(tx, at.getTime(), at.getTime() + 3_600_000, bbox),
  'track-chunks-newest': tx => newestChunks(tx),
  'track-chunks-of-unit': tx => chunksOfUnit(tx, 'unt_1', at.getTime(), at.getTime() + 86_400_000),
  officers: tx => listOfficers(tx, { station: 'st-1', also: ['off_1'] }),
  'officers-locked': tx => lockOfficers(tx, ['off_1']),
  'officer-with-badge': tx => officerWithBadge(tx, '0531', 'off_1'),
  'shifts-ahead-of-officer': tx => shiftsAheadOfOfficer(tx, 'off_1', at),
  'shifts-ahead-of-vehicle': tx => shiftsAheadOfVehicle(tx, 'veh_1', at),
  'shifts-between': tx => shiftsBetween(tx, { from: at, to: at, station: 'st-1' }),
  'shifts-in-the-way': tx =>
    shiftsInTheWay(
      tx,
      { unitId: 'unt_1', vehicleId: 'veh_1', officerIds: ['off_1'], from: at, to: at },
      'shf_1',
    ),
  'shifts-of-units': tx => shiftsOfUnits(tx, ['unt_1'], at, at),
  'order-by-id': tx => orderById(tx, 'ord_1', 'update'),
  'order-open-of-incident': tx => openOrderOf(tx, 'inc_1'),
  'orders-open-of-stations': tx => openOrdersOfStations(tx, ['st-1']),
  orders: tx =>
    listOrders(tx, {
      incidentId: 'inc_1',
      stationId: 'st-1',
      state: 'open',
      from: '2026-11-22T00:00:00Z',
      to: '2026-11-23T00:00:00Z',
      within: { stationId: 'st-1', userId: 'u-1' },
      before: 'ord_9',
      limit: 100,
    }),
  'task-by-id': tx => taskById(tx, 'tsk_1', 'update'),
  'tasks-open-of-incident': tx => openTasksOfIncident(tx, 'inc_1'),
  'tasks-open-of-unit': tx => openTaskStates(tx, 'unt_1'),
  tasks: tx =>
    listTasks(tx, {
      incidentId: 'inc_1',
      unitId: 'unt_1',
      state: 'open',
      within: { stationId: 'st-1', userId: 'u-1' },
      before: 'tsk_9',
      limit: 100,
    }),
  'bulletin-rows': tx => bulletinRows(tx, { since: written, until: written }),
  'bulletin-case-log': tx => caseLog(tx, 'inc_1', written),
  'bulletin-case-name': tx => caseName(tx, 'inc_1'),
  'bulletin-owners': tx => ownersAsOf(tx, ['inc_1'], written),
  'bulletin-stations': tx => stationNames(tx),
  'clear-rows': tx =>
    clearRows(tx, { stationId: 'st-1', userId: 'u-1' }, { day: '2026-11-22', from: written, to: written }),
  'clear-owner': tx => canAnswer(tx, 'u-1'),
  'cleared-of': tx => clearedOf(tx, 'inc_1', written),
  notes: tx => notesOf(tx, 'inc_1'),
  'handovers-last': tx => lastHandovers(tx, 20),
  'handover-detail': tx => handoverDetail(tx, 'hov_1'),
  'handover-to-take': tx => handoverToTake(tx, 'hov_1'),
  outcomes: tx => outcomesOf(tx, 'inc_1'),
  banks: tx => listBanks(tx),
  'bank-for-update': tx => bankForUpdate(tx, 'bnk_1'),
  'bank-taken': tx => bankTaken(tx, { bank: '中国农业银行', branch: '石林支行' }, 'bnk_1'),
  'stop-by-id': tx => stopById(tx, 'stp_1', 'update'),
  'stop-accounts': tx => accountsOf(tx, 'inc_1'),
  'stop-letter': tx => letterOf(tx, 'stp_1'),
  stops: tx => stopsOf(tx, 'inc_1'),
  'vault-gone': tx => vaultGone(tx, 'inc_1'),
  'unit-exists': tx => unitExists(tx, 'unt_1'),
  'unit-by-id': tx => unitById(tx, 'unt_1', 'update'),
  'unit-station': tx => unitStation(tx, 'unt_1'),
  'units-by-callsign': tx => unitsByCallsign(tx, ['茶口-1']),
  vehicles: tx => listVehicles(tx, { station: 'st-1', also: ['veh_1'] }),
  'vehicle-locked': tx => lockVehicle(tx, 'veh_1'),
  'vehicle-with-plate': tx => vehicleWithPlate(tx, '云A1234警', 'veh_1'),
  units: tx => listUnits(tx, { station: 'st-1', after: 'unt_1', limit: 10 }),
  'user-by-username': tx => userByUsername(tx, 'li'),
  'user-to-add': tx => userToAdd(tx, 'li'),
  users: tx => listUsers(tx),
  'where-is': tx => whereIs(tx, ['p1', 's1']),
};

/** The first statement of a question, without a database. */
async function firstStatement(question: (tx: Tx) => Promise<unknown>) {
  const asked: SQL[] = [];
  const tx = {
    execute: (query: SQL) => {
      asked.push(query);
      return Promise.resolve({ rows: [] });
    },
  };
  await question(tx as unknown as Tx);
  return new PgDialect({ casing: 'snake_case' }).sqlToQuery(asked[0]!);
}

it.each(Object.entries(questions))('%s', async (name, question) => {
  const query = await firstStatement(question);
  expectGoldenSql(name, { toSQL: () => query });
});

it('every question has its golden file', () => {
  const files = readdirSync(new URL('../golden/sql/', import.meta.url)).filter(file => file.endsWith('.sql'));
  for (const name of Object.keys(questions)) expect(files).toContain(`${name}.sql`);
});
