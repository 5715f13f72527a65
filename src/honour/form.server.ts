import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { headMark } from '#audit/mark.server.ts'
import { longDay } from '#kit/day.ts'
import { writeForm } from '#paper/docx/form.server.ts'
import { fillForm } from '#paper/form/fill.ts'
import { opinion, pair, wide, type FormLayout } from '#paper/form/layout.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { getCampaign, getNomination, titleOf, type StoredNomination } from './load.server.ts'
import type { HonourTitle } from './api.ts'

/** As it stands in a layout, whose braces are bindings. */
const say = (value: string | number | null): string =>
  value === null ? '' : String(value).replace(/[{}]/g, '')

/** A nomination's own words stand in the layout: it is no record yet. */
function layoutOf(n: StoredNomination, title: HonourTitle): FormLayout {
  const isPerson = title.subject === '个人' || title.subject === '女职工工作者'
  const facts = isPerson
    ? [
        pair(['姓名', say(n.name)], ['性别', say(n.sex)]),
        pair(['出生年月', say(n.birthMonth)], ['民族', say(n.nation)]),
        pair(['政治面貌', say(n.politics)], ['学历', say(n.education)]),
        pair(['所在单位', say(n.employer)], ['职务或岗位', say(n.position)]),
        pair(['岗位类别', say(n.postKind)], ['到一线岗位', say(n.frontSince)]),
      ]
    : [
        pair(['名称', say(n.name)], ['所在单位', say(n.employer)]),
        ...(title.subject === '集体'
          ? [
              pair(['集体人数', say(n.size)], ['其中女职工', say(n.women)]),
              pair(['负责人', say(n.headName)], ['成立时间', say(n.foundedOn)]),
            ]
          : [wide('家训家风', say(n.motto))]),
      ]
  return {
    key: 'nomination',
    title: `${title.name}推荐审批表`,
    rows: [
      ...facts,
      wide('推荐称号', title.name),
      wide('曾获荣誉', say(n.before)),
      wide('简要事迹', say(n.deedsShort), 40),
      wide('详细事迹', say(n.deeds), 60),
      opinion('所在单位\n意见'),
      opinion('区县或产业\n工会意见'),
      opinion('主办单位\n意见'),
    ],
  }
}

/** A nomination on paper, ready for seals. @throws Problem.notFound */
export async function printNomination(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
): Promise<{ name: string; bytes: () => Promise<Uint8Array> }> {
  const n = await getNomination(tx, work.actor, id)
  const title = titleOf(await getCampaign(tx, work.actor, n.campaignId), n.typeKey)
  const own = { '@org': n.org.name, '@person': '', '@today': longDay(deps.today()) }
  const layout = layoutOf(n, title)
  const below = '本表按系统中的推荐材料填制，意见栏手工签署盖章。本表为本系统自拟的工作用表，未编表号、文号。'
  const filled = fillForm(layout, deps.findProgramme('honour')!, {}, own, below)
  const mark = await headMark(tx, n.districtId)
  work.audit({ districtId: n.districtId, action: 'honour.print', object: `honourNomination:${id}` })
  return {
    name: `${layout.title}_${n.name}.docx`,
    bytes: () => writeForm(filled, mark, deps.mode === 'demo' ? '演示数据　不作公文使用' : undefined),
  }
}
