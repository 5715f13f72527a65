import type { Withheld } from '#figures/api.ts'

/** Stands for a hidden cell, in tables and lines. */
export const HIDDEN_MARK = '＊'

const meanings: Record<Withheld, string> = {
  small: '人数过少，为保护个人不予显示；能推算出它的数一并隐去',
  unreleased: '涉及个人的数按季度、按街道及以上单位发布，这里没有发布表',
}

/** In place of a value that the viewer is not told, and why. */
export function WithheldMark({ why }: { why: Withheld }) {
  return (
    <abbr className="withheld" title={meanings[why]}>
      {why === 'small' ? HIDDEN_MARK : '未发布'}
    </abbr>
  )
}

/** The same in words, where there is room or no pointer. */
export function WithheldNote({ why }: { why: Withheld }) {
  return (
    <p className="withheld-note">
      {why === 'small' && `${HIDDEN_MARK} `}
      {meanings[why]}。
    </p>
  )
}
