import * as z from 'zod/mini'

/** What of WebAuthn's JSON forms travels here; what the server does not read is not sent. Bytes are base64url. */
const bytes = z.string().check(z.maxLength(8000))
const credentialId = z.string().check(z.maxLength(1400), z.regex(/^[\w-]+$/))
export const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
const known = z.strictObject({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(z.enum(transports)),
})
const verification = z.literal('required')

/** POST /api/session/passkey/options and /api/session/factor/passkey/options: what the browser asks the authenticator for. */
export const passkeyAsk = z.strictObject({
  challenge: z.string(),
  timeout: z.number(),
  rpId: z.string(),
  /** Empty at sign-in: the authenticator knows whose it is. */
  allowCredentials: z.array(known),
  userVerification: verification,
})
export type PasskeyAsk = z.infer<typeof passkeyAsk>

/** POST /api/session/passkey and /api/session/factor/passkey */
export const passkeyAnswer = z.strictObject({
  id: credentialId,
  clientDataJSON: bytes,
  authenticatorData: bytes,
  signature: bytes,
  userHandle: z.nullable(z.string().check(z.maxLength(200))),
})
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>

/** POST /api/account/passkeys/options */
export const passkeyOffer = z.strictObject({
  challenge: z.string(),
  timeout: z.number(),
  rp: z.strictObject({ id: z.string(), name: z.string() }),
  user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.strictObject({ alg: z.number(), type: z.literal('public-key') })),
  excludeCredentials: z.array(known),
  authenticatorSelection: z.strictObject({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: verification,
  }),
  attestation: z.literal('none'),
})
export type PasskeyOffer = z.infer<typeof passkeyOffer>

const label = z.string().check(z.maxLength(30))
/** POST /api/account/passkeys; an empty label becomes the device's name. */
export const newPasskey = z.strictObject({
  label,
  id: credentialId,
  clientDataJSON: bytes,
  attestationObject: z.string().check(z.maxLength(40_000)),
  transports: z.array(z.string().check(z.maxLength(20))).check(z.maxLength(10)),
})
export type NewPasskey = z.infer<typeof newPasskey>
/** Recovery codes of a first factor, shown once; null where she has some. */
export const passkeyMade = z.strictObject({ codes: z.nullable(z.array(z.string())) })
/** PUT /api/account/passkeys/:id */
export const passkeyName = z.strictObject({ label })

/** A passkey as its owner sees it. */
export const ownPasskey = z.strictObject({
  id: z.string(),
  label: z.string(),
  madeAt: z.string(),
  usedAt: z.nullable(z.string()),
})
export type OwnPasskey = z.infer<typeof ownPasskey>
