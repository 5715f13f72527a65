import { sql, type RawBuilder } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { accounts, cadresOf, tell, units } from '#notify/tell.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { StoredCampaign, StoredNomination } from './load.server.ts'

const say = (tx: Tx, { actor }: UnitOfWork, to: RawBuilder<unknown>, subject: string, link: string): void =>
  tell(tx, to, { kind: 'review', subject, link }, actor.accountId)

type Campaign = Pick<StoredCampaign, 'id' | 'title' | 'orgId'>

/** The unit whose turn a nomination becomes; a nominee is never named in a message. */
export const tellSent = (tx: Tx, work: UnitOfWork, c: Campaign, id: string, upper: number | null): void =>
  say(
    tx,
    work,
    cadresOf(units([upper ?? c.orgId])),
    upper === null
      ? `${work.actor.org.shortName}报来一份“${c.title}”推荐`
      : `${work.actor.org.shortName}报来一份“${c.title}”推荐，请审核并签署意见`,
    `/honour-nominations/${id}`,
  )

/** What became of a nomination above: her unit mends what came back, and whoever has it next goes on. */
export function tellOpinion(
  tx: Tx,
  work: UnitOfWork,
  c: Campaign,
  n: Pick<StoredNomination, 'id' | 'orgId'>,
  agrees: boolean,
): void {
  const link = `/honour-nominations/${n.id}`
  const by = work.actor.org.shortName
  if (!agrees) return tellBack(tx, work, c, n)
  say(tx, work, cadresOf(units([n.orgId])), `${by}同意了一份“${c.title}”推荐，已报主办单位`, link)
  say(tx, work, cadresOf(units([c.orgId])), `${by}报来一份“${c.title}”推荐`, link)
}

export const tellBack = (
  tx: Tx,
  work: UnitOfWork,
  c: Campaign,
  n: Pick<StoredNomination, 'id' | 'orgId'>,
): void =>
  say(
    tx,
    work,
    cadresOf(units([n.orgId])),
    `${work.actor.org.shortName}退回了一份“${c.title}”推荐，请按意见修改`,
    `/honour-nominations/${n.id}`,
  )

/** Jurors, when they may score. */
export const tellJury = (tx: Tx, work: UnitOfWork, c: Campaign): void =>
  say(
    tx,
    work,
    sql`SELECT j.account_id, j.org_id FROM app.honour_juror j WHERE j.campaign_id = ${c.id}::uuid`,
    `“${c.title}”开始评审，请评分`,
    `/honours/${c.id}`,
  )

/** The organiser's other cadres, one of whom enters what the party group decided. */
export const tellProposed = (tx: Tx, work: UnitOfWork, c: Campaign): void =>
  say(tx, work, cadresOf(units([c.orgId])), `“${c.title}”名单已提交审定，请登记审定结果`, `/honours/${c.id}`)

/** Whoever proposed a list hears what was decided. */
export function tellDecided(
  tx: Tx,
  work: UnitOfWork,
  c: Campaign & Pick<StoredCampaign, 'proposedBy'>,
  agrees: boolean,
): void {
  if (c.proposedBy === null) return
  const subject = agrees ? `“${c.title}”名单审定同意，已公示` : `“${c.title}”名单审定不同意，请重新提出`
  say(tx, work, accounts(sql`SELECT ${c.proposedBy}::uuid`), subject, `/honours/${c.id}`)
}
