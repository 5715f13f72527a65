import * as client from 'openid-client'
import { openOut, placeHere, type FetchOut, type Place } from '#server/fetchOut.server.ts'

/**
 * A unified sign-in of the government or of a federation of unions (OpenID Connect), as the environment names it. `also`:
 * further addresses of the same provider, where it keeps its tokens or keys elsewhere.
 */
export type OidcSettings = {
  issuer: string
  clientId: string
  clientSecret: string
  label: string
  also?: readonly string[]
}

export type Oidc = {
  label: string
  issuer: string
  /** The provider's description, read at its first use and again after a failure. */
  configuration(): Promise<client.Configuration>
}

/** The library's requests by the one way out: to the provider's own addresses and to no other that its description may name. */
function fetchBy(fetchOut: FetchOut, places: readonly Place[]): client.CustomFetch {
  const named = new Map(places.map(({ name, base }) => [new URL(base).origin, name]))
  return async (address, { method, headers, body, signal }) => {
    const url = new URL(address)
    const place = named.get(url.origin)
    if (place === undefined)
      throw new Error(
        `统一身份登录要访问 ${url.origin}，它不在登记的地址中；确属同一服务的，请加到 JINGUO_OIDC_ALSO`,
      )
    const answer = await fetchOut(
      place,
      {
        method: method === 'POST' ? 'POST' : 'GET',
        path: url.pathname + url.search,
        headers,
        ...(body === undefined || body === null ? {} : { body: String(body as string | URLSearchParams) }),
      },
      signal,
    )
    return new Response(new Uint8Array(answer.bytes), {
      status: answer.status,
      headers: { 'content-type': answer.type },
    })
  }
}

/** Plain http only within one's own network, or to a provider on this machine. */
export function openOidc({ issuer, clientId, clientSecret, label, also = [] }: OidcSettings): Oidc {
  const places = [issuer, ...also].map((address, i) => placeHere(`统一身份${i === 0 ? '' : i + 1}`, address))
  const address = new URL(places[0]!.base)
  const fetchOut = openOut(places)
  const execute = places.every(({ base }) => base.startsWith('https:')) ? [] : [client.allowInsecureRequests]
  const options = { execute, timeout: 10, [client.customFetch]: fetchBy(fetchOut, places) }
  let found: Promise<client.Configuration> | null = null
  return {
    label,
    issuer: places[0]!.base,
    configuration: () =>
      (found ??= client
        .discovery(address, clientId, clientSecret, undefined, options)
        .catch((error: unknown) => {
          found = null
          throw error
        })),
  }
}
