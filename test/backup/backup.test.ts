/** R12: what was kept comes back as it was, by an ordinary owner too, and the audit proves it. */
import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { alertBody, openTrace, testApp } from '../builders/app.ts';
import { runCommand } from '../builders/command.ts';
import { askBroker, copyOfTemplate, dropServerDatabase, hasServer } from '../builders/database.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const action of undo.splice(0).reverse()) await action();
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'jianmian-backup-'));
  undo.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Some work of each sort: a case with its vault, an authority, a look, a unit. Returns what it must be like afterwards. */
async function work(database: Database): Promise<string> {
  const app = await testApp(database);
  const { incidentId } = await openTrace(app);
  await app.as('leader')('POST', '/api/alerts', alertBody({}, { phone: '13900000007', name: '钱多多' }));
  const report = {
    kind: 'report',
    observedAt: '2026-11-22T00:00:00Z',
    source: 's',
    credibility: 1,
    text: '穿红衣',
  };
  await app.as('operator')('POST', `/api/incidents/${incidentId}/sightings`, report);
  await app.close();
  return likeness(database);
}

const likeness = (database: Database): Promise<string> =>
  database.maintain(async tx => {
    const { rows } = await tx.execute(`select
      (select json_agg(i order by id) from incident i) as incidents, (select json_agg(s order by subject_id) from subject_private s) as people,
      (select json_agg(t order by id) from text_private t) as texts, (select json_agg(g order by id) from sighting g) as sightings,
      (select json_agg(e order by seq) from domain_event e) as log, (select json_agg(a order by seq) from audit_entry a where action not like 'backup.%') as audit`);
    return JSON.stringify(rows[0]);
  });

const lastActs = async (database: Database) =>
  (
    await database.pool.query<{ action: string }>('select action from audit_entry order by seq desc limit 2')
  ).rows.map(({ action }) => action);

/** A data folder's own files, which are in no database. */
async function addFiles(dataDir: string): Promise<void> {
  await mkdir(join(dataDir, 'regions', 'r1'), { recursive: true });
  await writeFile(join(dataDir, 'regions', 'r1', 'roads.bin'), 'roads');
}

describe('npm run backup, npm run restore: the embedded database', () => {
  it('comes back in another folder with everything in it, the audit whole and both acts in it', async () => {
    const dataDir = await copyOfTemplate();
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const database = await connectDatabase({ dataDir });
    const before = await work(database);
    const kept = join(await folder(), 'kept');
    expect(await runCommand('backup', { DATA_DIR: dataDir }, kept), 'its server still runs').toMatchObject({
      code: 2,
    });
    await database.close();
    await addFiles(dataDir);
    expect(await runCommand('backup', { DATA_DIR: dataDir }, kept)).toMatchObject({ code: 0, err: '' });
    expect((await stat(kept)).mode & 0o077, 'for nobody else to read').toBe(0);
    expect(await runCommand('backup', { DATA_DIR: dataDir }, kept), 'nothing is overwritten').toMatchObject({
      code: 2,
    });
    const other = join(await folder(), 'data');
    expect(await runCommand('restore', { DATA_DIR: other }, kept)).toMatchObject({ code: 0, err: '' });
    expect(await readdir(join(other, 'regions', 'r1'))).toEqual(['roads.bin']);
    expect(await runCommand('audit-verify', { DATA_DIR: other })).toMatchObject({ code: 0 });
    const restored = await connectDatabase({ dataDir: other });
    undo.push(() => restored.close());
    expect(await likeness(restored)).toBe(before);
    expect(await lastActs(restored)).toEqual(['backup.restore', 'backup.make']);
  }, 300_000);

  it('refuses a damaged backup, one of another kind and a folder in use, and changes nothing then', async () => {
    const dataDir = await copyOfTemplate();
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const kept = join(await folder(), 'kept');
    await runCommand('backup', { DATA_DIR: dataDir }, kept);
    expect(await runCommand('restore', { DATA_DIR: dataDir }, kept)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not empty'),
    });
    const other = join(await folder(), 'data');
    expect(
      await runCommand('restore', { DATA_DIR: other, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' }, kept),
    ).toMatchObject({ code: 2, err: expect.stringContaining('expected the same') });
    const damaged = join(await folder(), 'damaged');
    await cp(kept, damaged, { recursive: true });
    await appendFile(join(damaged, 'database', 'PG_VERSION'), ' ');
    expect(await runCommand('restore', { DATA_DIR: other }, damaged)).toMatchObject({
      code: 2,
      err: expect.stringContaining('not as it was written'),
    });
    await expect(stat(other)).rejects.toThrow('ENOENT');
  }, 300_000);
});

describe.runIf(hasServer)('npm run backup, npm run restore: PostgreSQL', () => {
  it('an owner who is no superuser keeps and restores every row behind row-level security, while the server works', async () => {
    const owner = await ordinaryOwner();
    const database = await connectDatabase({ databaseUrl: await owner.newDatabase(), dataDir: '' });
    undo.push(() => database.close());
    const before = await work(database);
    const url = owner.urls[0]!;
    const kept = join(await folder(), 'kept');
    const dataDir = await folder();
    await addFiles(dataDir);
    const made = await runCommand('backup', { DATABASE_URL: url, DATA_DIR: dataDir }, kept);
    expect(made).toMatchObject({ code: 0, err: '' });

    const target = await owner.newDatabase();
    const other = join(await folder(), 'data');
    const env = { DATABASE_URL: target, DATA_DIR: other };
    expect(await runCommand('restore', env, kept)).toMatchObject({ code: 0, err: '' });
    expect(await runCommand('audit-verify', env)).toMatchObject({ code: 0 });
    const restored = await connectDatabase({ databaseUrl: target, dataDir: '' });
    undo.push(() => restored.close());
    expect(await likeness(restored)).toBe(before);
    expect(await lastActs(restored)).toEqual(['backup.restore', 'backup.make']);
    // It is a database to go on with: what protects it came along.
    await expect(
      restored.transaction({ actor: 'x' }, tx => tx.execute('delete from audit_entry')),
    ).rejects.toThrow();
    const hidden = await restored.transaction({ actor: 'x' }, tx => tx.execute('select from incident'));
    expect(hidden.rows).toEqual([]);
    const again = { ...env, DATA_DIR: join(await folder(), 'data') };
    expect(await runCommand('restore', again, kept), 'nothing is overwritten').toMatchObject({
      code: 2,
      err: expect.stringContaining('expected an empty one'),
    });
  }, 300_000);
});

/** An owner as a careful bureau has one: of her databases only, with neither superuser nor BYPASSRLS. */
async function ordinaryOwner() {
  const { databaseUrl } = await askBroker('server');
  const name = `owner_${randomUUID().replaceAll('-', '')}`;
  const asSuperuser = async (database: string, ...statements: string[]) => {
    const url = new URL(databaseUrl);
    url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  await asSuperuser('postgres', `create role ${name} login password 'own'`, `grant jianmian_app to ${name}`);
  undo.push(() => asSuperuser('postgres', `drop role ${name}`));
  const urls: string[] = [];
  const newDatabase = async () => {
    const database = `${name}_${urls.length}`;
    await asSuperuser('postgres', `create database ${database} owner ${name}`);
    await asSuperuser(database, 'create extension postgis');
    const url = new URL(databaseUrl);
    undo.push(() =>
      dropServerDatabase(Object.assign(new URL(databaseUrl), { pathname: `/${database}` }).href),
    );
    Object.assign(url, { pathname: `/${database}`, username: name, password: 'own' });
    urls.push(url.href);
    return url.href;
  };
  return { urls, newDatabase };
}
