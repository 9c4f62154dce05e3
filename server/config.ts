/** What the environment may say, checked once. Nothing else in the server reads it. */
import { z } from 'zod';
import { type Role, roles } from '#contract/incident.ts';
import { guardedRoles } from './auth/sign-in-settings.ts';
import { proxyList } from './http/peer.ts';

const text = z.string().trim().min(1);
const listed = (value: string) => value.split(',').map(entry => entry.trim());
const networks = text.transform((value, context) => {
  try {
    proxyList(listed(value));
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
  return listed(value);
});
const rolesList = text
  .transform(value => (value === 'none' ? [] : listed(value)))
  .pipe(z.array(z.enum(roles)));

const upwardKey = text.min(16, 'expected at least 16 characters');

/** Each option: how it is read, what it means, whether it must be masked when it is shown. */
const options = {
  PORT: {
    schema: z.coerce.number().int().min(0).max(65535).default(8080),
    meaning: 'TCP port of the web server; 0 takes a free one (default 8080)',
  },
  HOST: {
    schema: text.default('127.0.0.1'),
    meaning: 'address to listen on (default 127.0.0.1: this machine only)',
  },
  DATA_DIR: {
    schema: text.default('./data'),
    meaning: 'folder of the region and the embedded database (default ./data)',
  },
  DATABASE_URL: {
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'expected postgres://user:password@host:port/database')
      .optional(),
    meaning: 'PostgreSQL 15 or newer with PostGIS 3.3 or newer; without it the embedded database is used',
    secret: true,
  },
  DEMO: {
    schema: z.enum(['0', '1']).optional(),
    meaning:
      "0 turns demo mode off; otherwise it is on when the data folder is empty, holds regions alone, or is a demo's own",
  },
  DEMO_HISTORY: {
    schema: z.coerce.number().int().min(0).max(14).default(0),
    meaning: 'a demo in an empty folder begins with so many days of made-up work behind it (default 0)',
  },
  TLS_CERT: {
    schema: text.optional(),
    meaning: 'certificate chain file (PEM); together with TLS_KEY serves HTTPS',
  },
  TLS_KEY: { schema: text.optional(), meaning: 'private key file (PEM) of TLS_CERT' },
  TRUSTED_PROXIES: {
    schema: networks.optional(),
    meaning:
      'addresses or networks (10.0.0.5,192.168.0.0/24) of reverse proxies whose X-Forwarded-* are believed',
  },
  CLIENT_CERT_HEADER: {
    schema: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'expected the name of a header')
      .optional(),
    meaning:
      'header in which those proxies name a checked client certificate; signs in whose certificate it is (default off)',
  },
  SECOND_FACTOR_ROLES: {
    schema: rolesList.default([...guardedRoles]),
    meaning:
      'roles that must have a second factor, separated by commas, or none (default leader,trace,auditor,admin; a demo asks nobody)',
  },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    meaning: 'trace, debug, info, warn, error or silent (default info)',
  },
  NATS_URL: {
    schema: text.optional(),
    meaning: 'bus between several server processes',
    notBuilt: true,
    secret: true,
  },
  JT808_PORT: { schema: text.optional(), meaning: 'TCP port for JT/T 808 terminals', notBuilt: true },
  COT_PORT: { schema: text.optional(), meaning: 'TCP port for Cursor on Target', notBuilt: true },
  VALHALLA_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'expected http://host:port' }).optional(),
    meaning:
      'Valhalla service that answers for travel times and ways; our own engine steps in while it is away',
  },
  SMS_GATEWAY_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'expected http://host:port/path' }).optional(),
    meaning: 'message gateway that warnings are handed to, signed; without it the desk notes calls instead',
  },
  SMS_GATEWAY_KEY: {
    schema: z.string().min(16, 'expected at least 16 characters').optional(),
    meaning: 'key that messages and their receipts are signed with (HMAC-SHA-256); goes with SMS_GATEWAY_URL',
    secret: true,
  },
  UPWARD_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'expected https://host/path' }).optional(),
    meaning: 'where results are posted to the platform that sent the alerts; without it they leave as files',
  },
  UPWARD_KEY: {
    schema: upwardKey.optional(),
    meaning: 'secret shared with that platform, with which both sign (at least 16 characters)',
    secret: true,
  },
  UPWARD_KEY_FILE: {
    schema: text.optional(),
    meaning: 'file that holds that secret, instead of UPWARD_KEY',
  },
  WMTS_URL: {
    schema: text.optional(),
    meaning: 'online base map, fetched through this server',
    notBuilt: true,
  },
} satisfies Record<string, { schema: z.ZodType; meaning: string; secret?: true; notBuilt?: true }>;

type OptionName = keyof typeof options;
type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  /** What DEMO says; undefined leaves the choice to the data folder (server/setup/demo.ts). */
  demo: boolean | undefined;
  /** Days of history that a new demo begins with. */
  demoHistoryDays: number;
  tls: { certFile: string; keyFile: string } | undefined;
  /** Addresses and networks whose forwarding headers are believed. */
  trustedProxies: readonly string[];
  certificateHeader: string | undefined;
  /** Who must have a second factor in a real installation. */
  secondFactorRoles: readonly Role[];
  /** Where an outside road engine listens. */
  valhallaUrl: string | undefined;
  /** Where messages are handed in, and what they are signed with. */
  smsGateway: { url: string; key: string } | undefined;
  /** The platform that alerts come from: its secret, and where results are posted. */
  upward: { url: string | undefined; key: string | { file: string } } | undefined;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Options that are set but do nothing yet: the start says so. */
  notBuilt: string[];
}

/** The environment holds something that cannot be used; the message names each option and what was expected. */
export class ConfigError extends Error {}

/** Reads the configuration. Empty variables count as unset. Throws ConfigError. */
export function readConfig(environment: Environment = process.env): Config {
  const names = Object.keys(options) as OptionName[];
  const given = Object.fromEntries(names.map(name => [name, environment[name] || undefined]));
  const parsed = z
    .object({
      PORT: options.PORT.schema,
      HOST: options.HOST.schema,
      DATA_DIR: options.DATA_DIR.schema,
      DATABASE_URL: options.DATABASE_URL.schema,
      DEMO: options.DEMO.schema,
      DEMO_HISTORY: options.DEMO_HISTORY.schema,
      TLS_CERT: options.TLS_CERT.schema,
      TLS_KEY: options.TLS_KEY.schema,
      TRUSTED_PROXIES: options.TRUSTED_PROXIES.schema,
      CLIENT_CERT_HEADER: options.CLIENT_CERT_HEADER.schema,
      SECOND_FACTOR_ROLES: options.SECOND_FACTOR_ROLES.schema,
      LOG_LEVEL: options.LOG_LEVEL.schema,
      UPWARD_URL: options.UPWARD_URL.schema,
      UPWARD_KEY: options.UPWARD_KEY.schema,
      UPWARD_KEY_FILE: options.UPWARD_KEY_FILE.schema,
      VALHALLA_URL: options.VALHALLA_URL.schema,
      SMS_GATEWAY_URL: options.SMS_GATEWAY_URL.schema,
      SMS_GATEWAY_KEY: options.SMS_GATEWAY_KEY.schema,
    })
    .safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const { TLS_CERT: certFile, TLS_KEY: keyFile, ...values } = parsed.data;
  const { SMS_GATEWAY_URL: smsUrl, SMS_GATEWAY_KEY: smsKey } = values;
  if (!smsUrl !== !smsKey)
    throw new ConfigError('SMS_GATEWAY_URL and SMS_GATEWAY_KEY: expected both or neither');
  if (!certFile !== !keyFile) throw new ConfigError('TLS_CERT and TLS_KEY: expected both or neither');
  if (values.CLIENT_CERT_HEADER !== undefined && values.TRUSTED_PROXIES === undefined) {
    throw new ConfigError(
      'CLIENT_CERT_HEADER: expected TRUSTED_PROXIES too; otherwise anybody could send this header and be anybody',
    );
  }
  if (values.DEMO === '1' && values.DATABASE_URL) {
    throw new ConfigError('DEMO: demo mode never touches a database server; unset DATABASE_URL or DEMO');
  }
  const { UPWARD_KEY: key, UPWARD_KEY_FILE: keyInFile } = values;
  if (key !== undefined && keyInFile !== undefined)
    throw new ConfigError('UPWARD_KEY and UPWARD_KEY_FILE: expected one of them');
  if (values.UPWARD_URL !== undefined && key === undefined && keyInFile === undefined)
    throw new ConfigError('UPWARD_URL: expected UPWARD_KEY or UPWARD_KEY_FILE too; results are signed');
  const upwardSecret = key ?? (keyInFile === undefined ? undefined : { file: keyInFile });
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    demo: values.DEMO === undefined ? undefined : values.DEMO === '1',
    demoHistoryDays: values.DEMO_HISTORY,
    tls: certFile && keyFile ? { certFile, keyFile } : undefined,
    trustedProxies: values.TRUSTED_PROXIES ?? [],
    certificateHeader: values.CLIENT_CERT_HEADER,
    secondFactorRoles: values.SECOND_FACTOR_ROLES,
    smsGateway: smsUrl && smsKey ? { url: smsUrl, key: smsKey } : undefined,
    upward: upwardSecret === undefined ? undefined : { url: values.UPWARD_URL, key: upwardSecret },
    logLevel: values.LOG_LEVEL,
    valhallaUrl: values.VALHALLA_URL,
    notBuilt: names.filter(name => 'notBuilt' in options[name] && given[name] !== undefined),
  };
}

/** The text of --help: every option, its meaning and its present value, secrets masked. */
export function helpText(environment: Environment = process.env): string {
  const lines = (Object.keys(options) as OptionName[]).map(name => {
    const option: { meaning: string; secret?: true; notBuilt?: true } = options[name];
    const value = environment[name];
    const shown = !value ? '' : ` [now: ${option.secret ? '****' : value}]`;
    return `  ${name.padEnd(19)} ${option.meaning}${option.notBuilt ? ' (not built yet)' : ''}${shown}`;
  });
  return ['Jianmian: npm start [-- --help]', '', 'Environment (all optional):', ...lines].join('\n');
}
