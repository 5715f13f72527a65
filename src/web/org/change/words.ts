import type { ChangeAct, ChangeLine } from '#org/change/api.ts'

export const actLabels: Readonly<Record<ChangeAct, string>> = {
  consent: '同意',
  do: '核对办理',
  refuse: '不同意',
  withdraw: '撤回申请',
  undo: '撤销变更',
}

export const stateWords: Readonly<Record<ChangeLine['state'], { label: string; color: string }>> = {
  asked: { label: '待办理', color: 'gold' },
  done: { label: '已办结', color: 'green' },
  refused: { label: '未同意', color: 'default' },
  withdrawn: { label: '已撤回', color: 'default' },
  undone: { label: '已撤销', color: 'default' },
}
