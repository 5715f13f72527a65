import { v4 as uuid } from 'uuid'
import { hashList, witnessed } from '#audit/api.ts'
import { continues, type Seen } from '#audit/witness.ts'
import { anything, call } from '../api/client.dom.ts'
import { api } from '../paths.ts'

/** Heads by account and stream, in this browser alone; no name and nothing of what was done. */
const place = 'jinguo.heads'
type Kept = Seen & { at: string }
type Store = Record<string, Record<string, Kept>>

function read(): Store {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}') as Store
  } catch {
    return {}
  }
}

function keep(owner: string, stream: number, seen: Seen): void {
  const store = read()
  const next = { ...store, [owner]: { ...store[owner], [stream]: { ...seen, at: new Date().toISOString() } } }
  try {
    localStorage.setItem(place, JSON.stringify(next))
  } catch {
    // A browser that keeps nothing bears no witness.
  }
}

/** Runs an act that empties this browser's store (signing out does) and puts the heads back. */
export async function keptAcross(act: () => Promise<unknown>): Promise<void> {
  const store = localStorage.getItem(place)
  await act()
  if (store !== null) localStorage.setItem(place, store)
}

async function digest(text: string): Promise<string> {
  const bytes = await window.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A head that today's books do not continue. */
export type Mismatch = { streamId: number; stream: string; kept: Kept; now: Seen; told: boolean }

/**
 * Holds today's heads against the kept ones, keeps those that fit, and tells the audit administrator of the others.
 * Over plain http (a demo in a local network) a browser has no digest: then nothing is held against anything.
 */
export async function bearWitness(account: string): Promise<Mismatch[]> {
  const { demo, heads, settled } = await call(api.auditHeads, witnessed)
  const owner = `${demo} ${account}`.trim()
  const mine = read()[owner] ?? {}
  const found: Mismatch[] = []
  if (!('subtle' in window.crypto)) return found
  for (const { streamId, stream, ...now } of heads) {
    const kept = mine[streamId]
    const known = settled.find(
      (s) => s.streamId === streamId && s.keptSeq === kept?.seq && s.keptLink === kept.link,
    )
    const from = known ? { seq: known.nowSeq, link: known.nowLink } : kept
    if (known) keep(owner, streamId, from!)
    const fits = from === undefined || (await continues(from, now, hashesOf(streamId), digest))
    if (fits) keep(owner, streamId, now)
    else found.push(await doubt(streamId, stream, { at: kept!.at, ...from }, now))
  }
  return found
}

const hashesOf = (stream: number) => async (after: number, until: number) =>
  (await call(api.auditHashes(stream, after, until), hashList)).hashes

async function doubt(streamId: number, stream: string, kept: Kept, now: Seen): Promise<Mismatch> {
  const body = {
    streamId,
    keptSeq: kept.seq,
    keptLink: kept.link,
    keptAt: kept.at,
    nowSeq: now.seq,
    nowLink: now.link,
  }
  const told = call(api.auditDoubts, anything, { method: 'POST', body, key: uuid() })
  return {
    streamId,
    stream,
    kept,
    now,
    told: await told.then(
      () => true,
      () => false,
    ),
  }
}
