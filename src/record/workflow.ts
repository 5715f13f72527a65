/** The six states; draft lives in `proposal`, the others on the spine. */
export const recordStates = ['submitted', 'returned', 'accepted', 'withdrawn', 'voided'] as const
export type RecordState = (typeof recordStates)[number]
export type State = 'draft' | RecordState

export const stateLabels: Record<State, string> = {
  draft: '草稿',
  submitted: '待审核',
  returned: '退回修改',
  accepted: '审核通过',
  withdrawn: '已撤回',
  voided: '已作废',
}

/** owner: a cadre of the owning unit · reviewer: a cadre of the unit whose turn it is, another person than the submitter. */
export type Relation = 'owner' | 'reviewer'
export type Action =
  | 'edit'
  | 'withdraw'
  | 'return'
  | 'pass'
  | 'accept'
  | 'handOver'
  | 'correct'
  | 'void'
  | 'agree'
  | 'agreeUp'
  | 'refuse'

export type Transition = {
  to: RecordState
  label: string
  /** Whose turn it becomes; null = nobody's. */
  turn: 'up' | 'chosen' | null
  /** accepting: only where the unit whose turn it is accepts; below: only where it does not. */
  where?: 'accepting' | 'below'
  /** locked: only while a unit that locked the period has still to agree; open: only where none has. */
  period?: 'open' | 'locked'
  /** Label of the text that must be given. */
  asks?: string
  /** At least one remark located at a field. */
  located?: true
  danger?: true
}

/**
 * Relation × state × action, the one table of the workflow: server, buttons and test read it.
 * Reviewers only return, pass on or accept; they never change a value (统计法 2024 第七条、第二十四条, by analogy).
 * edit, correct and void open a proposal and leave the record as it is; agree, agreeUp and refuse decide one.
 */
export const workflow: Record<Relation, Partial<Record<RecordState, Partial<Record<Action, Transition>>>>> = {
  owner: {
    submitted: { withdraw: { to: 'withdrawn', label: '撤回', turn: null } },
    returned: { edit: { to: 'submitted', label: '修改', turn: 'up' } },
    withdrawn: { edit: { to: 'submitted', label: '修改', turn: 'up' } },
    accepted: {
      correct: { to: 'accepted', label: '更正', turn: null, asks: '更正理由' },
      void: { to: 'voided', label: '申请作废', turn: null, asks: '作废理由', danger: true },
    },
  },
  reviewer: {
    submitted: {
      return: { to: 'returned', label: '退回修改', turn: null, asks: '退回理由', located: true },
      pass: { to: 'submitted', label: '审核上报', turn: 'up', where: 'below' },
      accept: { to: 'accepted', label: '审核通过', turn: null, where: 'accepting' },
      handOver: { to: 'submitted', label: '转办', turn: 'chosen', asks: '转办原因' },
    },
    accepted: {
      agree: { to: 'accepted', label: '同意', turn: null, period: 'open' },
      agreeUp: { to: 'accepted', label: '同意并报锁定单位', turn: 'up', period: 'locked' },
      refuse: { to: 'accepted', label: '退回申请', turn: null, asks: '退回理由' },
    },
  },
}

/** What an act is called in a sentence: “记录现为…，不能…”. */
export const actionLabels: Readonly<Record<Action, string>> = {
  edit: '修改',
  withdraw: '撤回',
  return: '退回',
  pass: '上报',
  accept: '通过',
  handOver: '转办',
  correct: '更正',
  void: '作废',
  agree: '同意',
  agreeUp: '同意并报锁定单位',
  refuse: '退回申请',
}

/** All acts that a state knows, each with its transition. */
export function actsIn(state: RecordState): { action: Action; transition: Transition }[] {
  return Object.values(workflow).flatMap((states) =>
    Object.entries(states[state] ?? {}).map(([action, transition]) => ({
      action: action as Action,
      transition,
    })),
  )
}

/** Which ledger states a record of this state counts in: 0 submitted (contains accepted), 1 accepted. */
export function countedIn(state: RecordState): readonly (0 | 1)[] {
  if (state === 'accepted') return [0, 1]
  return state === 'submitted' ? [0] : []
}
