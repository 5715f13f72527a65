import type { UnitOfWork } from '#audit/unitOfWork.server.ts'

/** Notes an act on a person: her number and the names of what changed, never a value. */
export const auditPerson = (
  work: UnitOfWork,
  action: string,
  id: string,
  fields: readonly string[] = [],
  purpose = '',
): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action,
    object: `person:${id}`,
    fields: [...new Set(fields)],
    purpose,
  })
