import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { passkeyAsk, passkeyMade, passkeyOffer } from '#identity/passkeyApi.ts'
import { anything, call } from './client.dom.ts'
import { ApiProblem } from './problem.ts'
import { api } from '../paths.ts'

/**
 * Whether this page, in this browser, can use passkeys: at the address they are bound to, and not in WeChat's own browser, which
 * has the words for them but not the deed.
 */
export const canUsePasskeys = (origin: string | null): boolean =>
  origin === window.location.origin &&
  window.isSecureContext &&
  browserSupportsWebAuthn() &&
  !/MicroMessenger/i.test(navigator.userAgent)

const words: Readonly<Record<string, string>> = {
  NotAllowedError: '没有完成验证，或等待太久；请再试一次，或改用其他方式',
  AbortError: '已取消；请再试一次，或改用其他方式',
  InvalidStateError: '这台设备已经添加过通行密钥，不用再加',
  NotSupportedError: '这台设备不支持通行密钥，请改用其他方式',
}

/** What the device said, as a sentence. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ApiProblem) throw error
    const name = error instanceof Error ? error.name : ''
    throw new ApiProblem(-1, { code: '设备', message: words[name] ?? '设备没有给出验证结果，请改用其他方式' })
  }
}

/** Signs in, or proves once more who acts. @throws ApiProblem */
export async function givePasskey(path: typeof api.sessionPasskey | typeof api.factorPasskey): Promise<void> {
  const optionsJSON = await call(`${path}/options`, passkeyAsk, { method: 'POST' })
  const { id, response } = await asked(() => startAuthentication({ optionsJSON }))
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  const body = { id, clientDataJSON, authenticatorData, signature, userHandle: userHandle ?? null }
  await call(path, anything, { method: 'POST', body })
}

/** Adds a passkey of this device. @returns recovery codes where it is the first factor @throws ApiProblem */
export async function makePasskey(label: string): Promise<string[] | null> {
  const optionsJSON = await call(`${api.passkeys}/options`, passkeyOffer, { method: 'POST' })
  const { id, response } = await asked(() => startRegistration({ optionsJSON }))
  const { clientDataJSON, attestationObject, transports = [] } = response
  const body = { label, id, clientDataJSON, attestationObject, transports }
  return (await call(api.passkeys, passkeyMade, { method: 'POST', body })).codes
}
