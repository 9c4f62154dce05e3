import { fileURLToPath } from 'node:url';

/** Where `db:up` keeps its cluster. */
export const CLUSTER_FOLDER = fileURLToPath(new URL('../../.cache/postgres', import.meta.url));

/** The flags given on the command line; ends the process with a message on any that is not known. */
export function readFlags(known: readonly string[], args = process.argv.slice(2)): Set<string> {
  const unknown = args.find(arg => !known.includes(arg));
  if (unknown !== undefined) {
    console.error(`unknown option ${unknown}; expected ${known.join(' or ')}`);
    process.exit(2);
  }
  return new Set(args);
}
