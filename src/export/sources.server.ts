import { openCertificates } from '#certificate/print.server.ts'
import { openFigures } from '#figures/export.server.ts'
import { openNational } from '#hardship/national.server.ts'
import { openPersons } from '#person/export.server.ts'
import { openUnits } from '#onboarding/export.server.ts'
import type { Asked } from './api.ts'
import { openRecords } from './records.server.ts'
import type { OpenSource } from './source.server.ts'

/** What may leave: the register of kinds. */
export const openSource: OpenSource<Asked> = (call, ask) => {
  switch (ask.kind) {
    case 'records':
      return openRecords(call, ask)
    case 'persons':
      return openPersons(call, ask)
    case 'orgs':
      return openUnits(call, ask)
    case 'figures':
      return openFigures(call, ask)
    case 'hardship':
      return openNational(call, ask)
    case 'certificates':
      return openCertificates(call, ask)
  }
}
