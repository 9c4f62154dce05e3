/** `npm run db:up [-- --json]`: a private PostgreSQL with PostGIS for trying out, tests and benchmarks. */
import { PostgresMissing, startCluster } from '../../db/cluster.ts';
import { CLUSTER_FOLDER, readFlags } from './db-flags.ts';

const flags = readFlags(['--json']);
const { databaseUrl, port, started } = await startCluster({ folder: CLUSTER_FOLDER }).catch(
  (error: unknown) => {
    if (!(error instanceof PostgresMissing)) throw error;
    console.error(error.message);
    process.exit(1);
  },
);
if (flags.has('--json')) console.log(JSON.stringify({ databaseUrl, port, started }));
else console.log(`DATABASE_URL=${databaseUrl}`);
