/** One's own account: the password, second factors, and where one is signed in. */
import { z } from 'zod';
import { instantSchema } from './common.ts';

/** How a session began. `passkey` and `certificate` count as both factors. */
export const signInMethods = ['password', 'otp', 'recoveryCode', 'passkey', 'certificate'] as const;
export type SignedInBy = (typeof signInMethods)[number];

/** What a user has to do before a session is good for anything else, in this order. */
export const pendingSteps = ['password', 'secondFactor'] as const;
export type Pending = (typeof pendingSteps)[number];

/** What an administrator can give out anew. */
export type ResetWhat = 'password' | 'secondFactor' | 'certificate';

export const leastPasswordLength = 12;
/** Why a password is refused. */
export const passwordFaults = ['short', 'common', 'username', 'same'] as const;
export type PasswordFault = (typeof passwordFaults)[number];

/** Checked for length and guessability where it is used, so that the refusal has a code of its own. */
export const newPasswordSchema = z.string().min(1).max(200);
const currentPasswordSchema = z.string().min(1).max(200);

/** Whoever changes how he comes in shows that he knows the password: a screen left open is not enough. */
export const passwordProofSchema = z.object({ password: currentPasswordSchema });
export const passwordChangeSchema = z.object({ current: currentPasswordSchema, next: newPasswordSchema });

export const sessionViewSchema = z.object({
  id: z.string(),
  /** Browser and system in a few words; null when the client did not say. */
  agent: z.string().nullable(),
  address: z.string().nullable(),
  signedInBy: z.enum(signInMethods),
  createdAt: instantSchema,
  lastSeenAt: instantSchema,
  expiresAt: instantSchema,
  /** The session that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

export const passkeyViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});

export const accountViewSchema = z.object({
  passwordChangedAt: instantSchema.nullable(),
  /** Without one this role can do nothing. */
  secondFactorRequired: z.boolean(),
  /** Since when codes of an app are asked for; null: they are not. */
  totpSince: instantSchema.nullable(),
  recoveryCodesLeft: z.number().int(),
  passkeys: z.array(passkeyViewSchema),
  /** The client certificate that signs in as this user. */
  certificate: z.string().nullable(),
  sessions: z.array(sessionViewSchema),
});
export type AccountView = z.infer<typeof accountViewSchema>;

/** Six digits; spaces in between are forgiven. */
export const codeBodySchema = z.object({ code: z.string().trim().min(6).max(12) });
/** Shown once. `uri` is what the QR code says. */
export const totpStartSchema = z.object({ secret: z.string(), uri: z.string() });
export type TotpStart = z.infer<typeof totpStartSchema>;
/** Shown once; null when a repeated request asks again. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()).nullable() });

export const passkeyNameSchema = z.object({ name: z.string().trim().min(1).max(64) });

const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/, 'expected base64url')
  .max(20_000);
const credential = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  // What the browser adds of its own accord is not looked at.
  clientExtensionResults: z.object({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
};
/** What the browser made for a new passkey. */
export const newPasskeySchema = passkeyNameSchema.extend({
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url,
      attestationObject: base64url,
      transports: z.array(z.string().max(32)).max(10).optional(),
    }),
  }),
});
export type NewPasskey = z.infer<typeof newPasskeySchema>;
/** What the browser signed with a passkey. */
export const passkeySignInSchema = z.object({
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: z.string().max(200).optional(),
    }),
  }),
});
export type PasskeySignIn = z.infer<typeof passkeySignInSchema>;
/** WebAuthn's options as JSON, handed to the browser as they are; of all that is in them only this is ours. */
export const passkeyOptionsSchema = z.object({ challenge: base64url });
export type PasskeyOptions = z.infer<typeof passkeyOptionsSchema>;
