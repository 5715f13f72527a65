import type { FileState } from './states.ts'

/** What her application waits for, said to herself. @param until last day of the notice @param last step of its way */
export function herNext(
  state: FileState,
  {
    org,
    centre,
    until,
    last,
  }: { org: string; centre: string; until: string | null; last: string | undefined },
): string {
  switch (state) {
    case 'applied':
      return `${org}或${centre}的经办人核对申请，结果在这里看。`
    case 'returned':
      return '请按上面的说明补正后再提交。'
    case 'checked':
      return `${org}会有两位同志上门了解情况，请准备身份证件；核对收入的授权书当面签字。`
    case 'visited':
      return `${centre}将请民政部门核对家庭收入。`
    case 'inquired':
      return '民政部门正在核对家庭收入。'
    case 'verified':
      return '收入核对已通过，接下来公示；公示只写姓氏和单位，不写困难原因。'
    case 'noticed':
      return until === null ? '正在公示，期满后建档。' : `公示到 ${until}，期满后建档。`
    case 'open':
      return `已建档。需要生活、医疗、助学等帮扶时，请联系${org}的经办人；每年复核一次。`
    case 'closed':
      return '档案已结束；情况有变化，可以重新申请。'
    case 'refused':
      return '没有建档；对结果有疑问，可以问单位经办人，或到“投诉建议”提出。'
    case 'withdrawn':
      return last === 'recall'
        ? '您已撤回；需要时可以重新申请。'
        : `${org}撤回了这份申请；有疑问可以问单位经办人，或到“投诉建议”提出。需要时可以重新申请。`
  }
}
