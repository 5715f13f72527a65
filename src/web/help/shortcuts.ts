/** Keys by where they work; single keys only outside of input fields. */
export const shortcuts: readonly {
  where: string
  keys: readonly (readonly [key: string, does: string])[]
}[] = [
  {
    where: '任何页面',
    keys: [
      ['?', '看快捷键'],
      ['Tab', '移到下一处'],
      ['Esc', '关闭抽屉或窗口'],
    ],
  },
  {
    where: '台账列表',
    keys: [
      ['/', '查找'],
      ['N', '新增一条'],
      ['J', '下一条（抽屉打开时）'],
      ['K', '上一条（抽屉打开时）'],
    ],
  },
  {
    where: '填报',
    keys: [
      ['Ctrl + S', '保存草稿'],
      ['Ctrl + Enter', '提交'],
    ],
  },
  {
    where: '审核',
    keys: [
      ['J 或 ↓', '下一条'],
      ['K 或 ↑', '上一条'],
      ['Ctrl + Enter', '通过或上报，并看下一条'],
    ],
  },
]
