/** Why not: the closed list of what `decide` answers, with the sentence that a person reads. */
export const reasons = {
  signedOut: '还没有登录，或登录已失效，请重新登录',
  role: '您的岗位没有这项职责',
  tier: '这项职责不在您所在的层级',
  aal: '这项内容须用第二种方式核验身份后才能使用',
  stepUp: '这一步须重新核验身份（五分钟内有效）',
  outOfReach: '没有找到，或不在您的可见范围内',
  classAbove: '没有找到，或不在您的可见范围内',
  viewOnly: '本单位经会看或联办看到这条记录，只能查看，不能办理',
  masked: '批注和待审申请只给填报单位及其上级看',
  notOwner: '只有填报单位可以办理这一步',
  notTurn: '现在不由本单位办理',
  submitter: '上报人与审核人不能是同一人，请由本级另一位同志审核',
  submitterOtherPost: '这条记录是您在另一岗位上报的，请由本级另一位同志审核',
  acceptsAbove: '这条记录由上级单位审核通过，您可以审核上报',
  acceptsHere: '本单位就是审核通过的单位，请直接审核通过',
  wrongState: '记录现在的状态不能办理这一步',
  waiting: '已有更正或作废申请在等待审核',
  edge: '再往下是单条记录，不在您的可见范围内',
} as const
export type Reason = keyof typeof reasons

/** HTTP answer of a denial: hidden things are 404, the same as absent ones. */
export const statusOf: Readonly<Record<Reason, 401 | 403 | 404 | 409 | 422>> = {
  signedOut: 401,
  role: 403,
  tier: 403,
  aal: 403,
  stepUp: 403,
  outOfReach: 404,
  classAbove: 404,
  viewOnly: 403,
  masked: 403,
  notOwner: 403,
  notTurn: 403,
  submitter: 422,
  submitterOtherPost: 422,
  acceptsAbove: 403,
  acceptsHere: 403,
  wrongState: 409,
  waiting: 409,
  edge: 403,
}
