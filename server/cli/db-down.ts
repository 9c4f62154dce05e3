/** `npm run db:down [-- --remove] [-- --json]`: stops what `db:up` started; with --remove deletes its data. */
import { stopCluster } from '../../db/cluster.ts';
import { CLUSTER_FOLDER, readFlags } from './db-flags.ts';

const flags = readFlags(['--json', '--remove']);
const stopped = await stopCluster(CLUSTER_FOLDER, { remove: flags.has('--remove') });
if (flags.has('--json')) console.log(JSON.stringify({ stopped }));
else console.log(stopped ? 'The private PostgreSQL has stopped.' : 'No private PostgreSQL was running.');
