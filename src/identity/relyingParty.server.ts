/** For whom passkeys are made: `id` is what the browser binds them to, `origin` the only pages that may ask for one. */
export type RelyingParty = { id: string; origin: string }

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether and for whom passkeys work at the address at which people reach this installation (JINGUO_PUBLIC_URL): https under a
 * name, or a local trial, which browsers know as `localhost` alone. An address by number, or plain http, has none (WebAuthn §5.1.3).
 * The Host header has no say: whoever relays a sign-in page would choose it.
 */
export function relyingParty(publicUrl: string): RelyingParty | null {
  if (!URL.canParse(publicUrl)) return null
  const { protocol, hostname, port, origin } = new URL(publicUrl)
  if (loopback.has(hostname))
    return { id: 'localhost', origin: `${protocol}//localhost${port && `:${port}`}` }
  const isNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith('[')
  return protocol === 'https:' && !isNumber ? { id: hostname, origin } : null
}
