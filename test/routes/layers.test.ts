import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildRegion } from '../../server/region/build.ts';
import { importOsm } from '../../server/region/import/index.ts';
import { RegionInUse } from '../../server/region/in-use.ts';
import { buildFolder, currentRegion, installRegion } from '../../server/region/store.ts';
import { installTables, readReference } from '../../server/region/versions.ts';
import { installRegionData } from '../../server/services/region/install.ts';
import { followRegion } from '../../server/services/region/take-up.ts';
import { openRouter } from '../../server/setup/region.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { block } from '../region/extracts.ts';
import { buildPbf, type PbfContent } from '../region/pbf-builder.ts';

const police = { id: 20, lon: 103.001, lat: 25.001, tags: { amenity: 'police', name: '茶口派出所' } };

describeEachDatabase('reference layers over HTTP', makeDatabase => {
  let app: TestApp;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-layers-'));
    const dir = await buildFolder(dataDir);
    const source = await county({ ...block, nodes: [...block.nodes, police] }, '云溪县');
    await buildRegion(source, dir, { createdAt: '2026-11-22T10:00:00Z' });
    const installed = await installRegion(dir, dataDir);
    const region = new RegionInUse(installed);
    app = await testApp(await makeDatabase(), { dataDir, region, router: await openRouter(installed) });
    await installRegionData(app.deps, installed);
  }, 60_000);
  const county = async (content: PbfContent, name: string) => {
    const file = join(dataDir, 'county.osm.pbf');
    await writeFile(file, buildPbf(content));
    return importOsm(file, { name });
  };
  afterAll(async () => {
    await app?.close();
    await rm(dataDir, { recursive: true });
  });

  /** Sends a file as the page does. */
  async function preview(layer: string, content: string | Uint8Array, query = 'file=table.csv') {
    const response = await app.app.request(`/api/layers/${layer}/preview?${query}`, {
      method: 'POST',
      headers: { ...app.credentials('admin'), 'content-type': 'application/octet-stream' },
      body: content as BodyInit,
    });
    return { status: response.status, body: (await response.json()) as any }; // oxlint-disable-line typescript/no-explicit-any
  }
  const admin = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    app.as('admin')(method, path, body, headers);
  const apply = (layer: string, token: string, headers?: Record<string, string>) =>
    admin('POST', `/api/layers/${layer}/apply`, { token }, headers);
  const cameras = async () => (await app.as('leader')('GET', '/api/cameras')).body.items;
  const cameraIds = async () => (await cameras()).map(({ id }: { id: string }) => id);
  const csv = (...rows: string[]) => `编号,名称,经度,纬度,朝向,状态\n${rows.join('\n')}\n`;
  const east = 'K1,东门,103.002,25.001,0,正常';
  const west = 'K2,西门,103,25.001,180,故障';

  it('preview, apply, undo: the running server has it at once, and so have its screens', async () => {
    const shown = await preview('cameras', csv(east, west));
    expect(shown).toMatchObject({
      status: 200,
      body: { applicable: true, rows: 2, problemCount: 0, changes: { added: 2, removed: 0, changed: 0 } },
    });
    expect(shown.body.features).toHaveLength(2);
    expect(await cameras()).toEqual([]);

    const before = app.deps.live.world().region!.id;
    const { status, body } = await apply('cameras', shown.body.token);
    expect(status).toBe(200);
    expect(body).toEqual({ id: expect.any(String) as string, restartNeeded: false });
    expect(await cameras()).toMatchObject([
      { id: 'K1', headingDeg: 0, working: true, downSince: null },
      { id: 'K2', working: false, downSince: expect.any(String) as string },
    ]);
    await app.settled();
    expect(app.deps.live.world().region!.id).toBe(body.id);
    expect(app.deps.live.world().region!.id).not.toBe(before);
    expect(Object.keys(app.deps.live.world().downCameras)).toEqual(['K2']);
    expect((await currentRegion(dataDir))!.manifest.id).toBe(body.id);
    // Roads and basemap are the same files, so no cache has to load them again.
    const region = (await app.as('leader')('GET', '/api/region')).body;
    expect(region.id).toBe(body.id);
    expect(region.tilesUrl).toContain(before);

    expect((await admin('POST', '/api/layers/undo')).status).toBe(200);
    expect(await cameras()).toEqual([]);
    const { body: versions } = await admin('GET', '/api/layers/versions');
    expect(versions).toMatchObject({
      restartNeeded: false,
      items: [
        { kind: 'restore', by: 'admin', current: true, restoresId: before, otherRoads: false },
        { kind: 'layer', layer: 'cameras', file: 'table.csv', changes: { added: 2 }, current: false },
        { kind: 'import', by: 'cli' },
      ],
    });
    expect((await admin('POST', '/api/layers/use', { id: body.id })).status).toBe(200);
    expect(await cameraIds()).toEqual(['K1', 'K2']);
  });

  it('rows with problems are named with column and reason, page by page, and nothing can be applied', async () => {
    const bad = Array.from({ length: 250 }, (_, i) => `B${i},坏,103.00${i % 10},x,,`);
    const { body } = await preview('cameras', csv(east, ...bad));
    expect(body).toMatchObject({ applicable: false, rows: 251, problemCount: 250 });
    expect(body.problems).toHaveLength(200);
    expect(body.problems[0]).toEqual({
      row: 3,
      column: 'lat',
      code: 'notNumber',
      value: 'x',
      expected: '-90 – 90',
      message: "lat is 'x'; expected a number from -90 to 90",
    });
    const rest = await admin('GET', `/api/layers/previews/${body.token}/problems?cursor=200&limit=100`);
    expect(rest.body.items).toHaveLength(50);
    expect(rest.body.nextCursor).toBeNull();
    const ids = await cameraIds();
    expect((await apply('cameras', body.token)).status).toBe(409);
    expect(await cameraIds()).toEqual(ids);
  });

  it('tables that are sent at once are read one after the other', async () => {
    let [started, reading, most] = [0, 0, 0];
    const count = (thread: Worker) => {
      started++;
      most = Math.max(most, ++reading);
      thread.once('message', () => reading--);
    };
    process.on('worker', count);
    try {
      const sent = [csv(east), csv(west), 'no table', csv(east, west)].map(text => preview('cameras', text));
      const answers = await Promise.all(sent);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 200]);
      expect(answers.map(({ body }) => body.rows)).toEqual([1, 1, undefined, 2]);
    } finally {
      process.off('worker', count);
    }
    expect({ started, most }).toEqual({ started: 4, most: 1 });
  });

  it('a preview made before another change is a conflict; one of somebody else is not there', async () => {
    const first = await preview('cameras', csv(east));
    const second = await preview('cameras', csv(west));
    const foreign = await app.asUser('admin2', 'admin');
    expect((await foreign('POST', '/api/layers/cameras/apply', { token: first.body.token })).status).toBe(
      404,
    );
    expect((await apply('places', first.body.token)).status).toBe(404);
    expect((await apply('cameras', second.body.token)).status).toBe(200);
    const ids = await cameraIds();
    expect((await apply('cameras', first.body.token)).body.error.code).toBe('conflict');
    expect(await cameraIds()).toEqual(ids);
    expect((await apply('cameras', second.body.token)).status).toBe(404);
  });

  it('the same undo sent twice goes back once', async () => {
    const versions = async () => (await admin('GET', '/api/layers/versions')).body.items.length;
    const before = await versions();
    const key = { 'Idempotency-Key': 'undo-1' };
    const [a, b] = [
      await admin('POST', '/api/layers/undo', undefined, key),
      await admin('POST', '/api/layers/undo', undefined, key),
    ];
    expect(b.body).toEqual(a.body);
    expect(await versions()).toBe(before + 1);
  });

  it('a workbook, its sheet by name; what is no table is refused with a reason', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['x']]), '封面');
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([
        ['呼号', '派出所', '类型'],
        ['茶口-1', '茶口派出所', '警车'],
      ]),
      '警力',
    );
    const bytes = new Uint8Array(write(book, { type: 'array' }) as ArrayBuffer);
    const { body } = await preview('units', bytes, `file=w.xlsx&sheet=${encodeURIComponent('警力')}`);
    expect(body).toMatchObject({ applicable: true, rows: 1, changes: { added: 1 } });
    expect((await preview('units', bytes, 'file=w.xlsx&sheet=x')).body.error).toMatchObject({
      code: 'invalidBody',
      message: "w.xlsx has no sheet 'x'; expected one of 封面, 警力",
    });
    expect((await preview('units', 'id\n')).body.error.code).toBe('invalidBody');
    expect((await preview('roads', 'id\n1\n')).status).toBe(400);
    expect((await preview('units', 'id\n1\n', 'file=t&crs=mars')).status).toBe(400);
  });

  it('takes tables of up to 20 MB, and nothing else of that size', async () => {
    const large = csv(east).padEnd(3_000_000, '\n');
    expect((await preview('cameras', large)).status).toBe(200);
    expect((await preview('cameras', ' '.repeat(20_000_001))).status).toBe(413);
    expect((await admin('POST', '/api/layers/use', { id: 'x'.repeat(1_000_001) })).status).toBe(413);
  });

  it('a template to fill in', async () => {
    const response = await app.app.request('/api/layers/stations/template?format=csv', {
      headers: app.credentials('admin'),
    });
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="stations.csv"');
    expect(await response.text()).toContain('编号,名称,英文名,经度,纬度');
  });

  it('only the administrator loads tables', async () => {
    for (const role of ['leader', 'operator', 'station', 'wall', 'auditor'] as const) {
      expect((await app.as(role)('GET', '/api/layers/versions')).status, role).toBe(403);
      expect((await app.as(role)('POST', '/api/layers/undo')).status, role).toBe(403);
    }
  });

  it('leaves audit rows with who did it, and counts only', async () => {
    const rows = await app.database.maintain(async tx => {
      const { rows } = await tx.execute(
        `select actor, action, resource, detail from audit_entry where action like 'layer.%' order by seq`,
      );
      return rows as { actor: string; action: string; resource: string; detail: unknown }[];
    });
    expect(rows[0]).toEqual({
      actor: 'user:admin',
      action: 'layer.apply',
      resource: 'cameras',
      detail: { added: 2, removed: 0, changed: 0 },
    });
    expect(rows.map(({ action }) => action)).toContain('layer.restore');
  });

  it('a camera is said to be down and to work again; the log tells, a new table without a word on it changes nothing', async () => {
    await apply(
      'cameras',
      (await preview('cameras', csv('K1,东门,103.002,25.001,0,', 'K2,西门,103,25.001,180,'))).body.token,
    );
    const operator = app.as('operator');
    const down = await operator('PATCH', '/api/cameras/K1', { working: false });
    expect(down).toMatchObject({ status: 200, body: { id: 'K1', working: false } });
    expect((await operator('PATCH', '/api/cameras/K1', { working: false })).body).toEqual(down.body);
    await app.settled();
    expect(app.deps.live.world().downCameras['K1']).toBe(down.body.downSince);
    await apply('cameras', (await preview('cameras', csv('K1,东门二,103.002,25.001,0,'))).body.token);
    expect(await cameras()).toMatchObject([{ id: 'K1', name: '东门二', working: false }]);
    expect((await operator('PATCH', '/api/cameras/K1', { working: true })).body.downSince).toBeNull();
    await app.settled();
    expect(app.deps.live.world().downCameras['K1']).toBeUndefined();
    expect((await operator('PATCH', '/api/cameras/K9', { working: true })).status).toBe(404);
    expect((await app.as('wall')('PATCH', '/api/cameras/K1', { working: false })).status).toBe(403);
  });

  it('the coverage follows the cameras in use', async () => {
    const { body } = await app.as('operator')('GET', '/api/coverage');
    expect(body).toMatchObject({ withinM: 1000, unwatched: { type: 'MultiLineString' } });
  });

  it('takes up what the command line installs beside it, and says when roads differ', async () => {
    const stop = followRegion(app.deps, app.deps.region, dataDir);
    try {
      const base = (await currentRegion(dataDir))!;
      const reference = await readReference(base);
      reference.cameras = [{ id: 'K7', name: '七', position: [103, 25] }];
      await installTables(dataDir, base, reference, { by: 'cli', createdAt: '2026-11-23T10:00:00Z' });
      await vi.waitFor(async () => expect(await cameraIds()).toEqual(['K7']), 10_000);

      const dir = await buildFolder(dataDir);
      await buildRegion(await county(block, '另一个县'), dir, { createdAt: '2026-11-23T11:00:00Z' });
      await installRegion(dir, dataDir);
      await vi.waitFor(() => expect(app.deps.region.restartNeeded).toBe(true), 10_000);
      expect(await cameraIds()).toEqual(['K7']);
      const { body } = await admin('GET', '/api/layers/versions');
      expect(body.restartNeeded).toBe(true);
      expect(body.items[0]).toMatchObject({ kind: 'import', current: true, otherRoads: true });
      expect(body.items[1]).toMatchObject({ kind: 'layer', by: 'cli', current: false, otherRoads: false });
      expect((await admin('POST', '/api/layers/undo')).body.restartNeeded).toBe(false);
      expect(await readdir(dataDir)).not.toContain('region.lock');
    } finally {
      await stop();
    }
  }, 30_000);
});
