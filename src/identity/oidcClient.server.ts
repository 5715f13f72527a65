import * as client from 'openid-client'

/** A unified sign-in of the government or of a federation of unions (OpenID Connect), as the environment names it. */
export type OidcSettings = { issuer: string; clientId: string; clientSecret: string; label: string }

export type Oidc = {
  label: string
  issuer: string
  /** The provider's description, read at its first use and again after a failure. */
  configuration(): Promise<client.Configuration>
}

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)

/** Plain http only to a provider on this machine. */
export function openOidc({ issuer, clientId, clientSecret, label }: OidcSettings): Oidc {
  const address = new URL(issuer)
  if (address.protocol !== 'https:' && !isLoopback(address))
    throw new Error('JINGUO_OIDC_ISSUER 须为 https 地址')
  const execute = address.protocol === 'https:' ? [] : [client.allowInsecureRequests]
  let found: Promise<client.Configuration> | null = null
  return {
    label,
    issuer,
    configuration: () =>
      (found ??= client
        .discovery(address, clientId, clientSecret, undefined, { execute, timeout: 10 })
        .catch((error: unknown) => {
          found = null
          throw error
        })),
  }
}
