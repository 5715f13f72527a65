import { anything, call } from '../api/client.dom.ts'
import { wipeLocalDrafts } from '../record/localDrafts.dom.ts'
import { keptAcross } from '../audit/witness.dom.ts'
import { wipeKept } from '../event/scans.dom.ts'
import { api, paths } from '../paths.ts'

/** Signs out, wipes local drafts and starts anew at the first page, with nothing of hers left in memory; the heads of the books stay, which say nothing. */
export async function leave(): Promise<void> {
  await keptAcross(() => call(api.session, anything, { method: 'DELETE' }).catch(() => undefined))
  await wipeLocalDrafts()
  wipeKept()
  window.location.assign(paths.home)
}
