import { roleLabels, type AccountRow, type HeldPost } from '#identity/api.ts'

export const stateWords: Record<AccountRow['state'], { label: string; color: string }> = {
  active: { label: '正常', color: 'green' },
  invited: { label: '已邀请', color: 'blue' },
  new: { label: '未邀请', color: 'gold' },
  disabled: { label: '已停用', color: 'default' },
}

export const postStates: Record<HeldPost['state'], string> = {
  current: '在任',
  future: '未到任',
  ended: '已离任',
  pending: '待批准',
  refused: '未获批准',
}

/** `沙河口区 · 女工干部` */
export const postName = ({ org, role }: Pick<HeldPost, 'org' | 'role'>): string =>
  `${org.shortName} · ${roleLabels[role]}`

/** `2020-04-16 起` or both days. */
export const postDays = ({ fromOn, untilOn }: Pick<HeldPost, 'fromOn' | 'untilOn'>): string =>
  untilOn === null ? `${fromOn} 起` : `${fromOn} 至 ${untilOn}`

/** Posts that stand for the account in a list: those held, to come or awaited; ended ones only where there is nothing else. */
export function tellingPosts(posts: readonly HeldPost[]): HeldPost[] {
  const telling = posts.filter((p) => p.state !== 'ended' && p.state !== 'refused')
  return telling.length > 0 ? telling : posts.slice(0, 1)
}
