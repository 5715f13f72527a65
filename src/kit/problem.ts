import type { Issue } from './programme.ts'

/** Body of every error answer. */
export type ProblemBody = {
  code: string
  message: string
  reqId?: string
  issues?: Issue[]
  details?: Record<string, unknown>
}

const staleSince = (code: string, what: string) => (): Problem =>
  new Problem(code, `${what}已有变动，请查看最新内容后再操作；您填写的内容已保留`)

/**
 * The one list of errors. The code is HTTP status + serial as a string (as numbers 409.1 and 409.10 would be equal);
 * the message says in Chinese what happened and what to do.
 */
export class Problem extends Error {
  readonly code: string
  readonly issues: Issue[]
  readonly details: Record<string, unknown>

  constructor(code: string, message: string, issues: Issue[] = [], details: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.issues = issues
    this.details = details
  }

  get status(): number {
    return Number(this.code.split('.')[0])
  }

  body(reqId: string): ProblemBody {
    return {
      code: this.code,
      message: this.message,
      reqId,
      ...(this.issues.length > 0 ? { issues: this.issues } : {}),
      ...(Object.keys(this.details).length > 0 ? { details: this.details } : {}),
    }
  }

  static readonly badRequest = (d: { issues: Issue[] }) =>
    new Problem('400.1', `请求有误：${d.issues[0]?.message ?? '请检查填写内容'}`, d.issues)
  static readonly keyMissing = () => new Problem('400.2', '请求缺少防重复标识，请刷新页面后再试')
  static readonly badCursor = () => new Problem('400.3', '翻页位置已失效，请回到第一页')
  static readonly signedOut = () => new Problem('401.1', '登录已失效，请重新登录；已填写的内容都还在')
  static readonly wrongPassword = (d: { wait: string | null }) =>
    new Problem(
      '401.2',
      d.wait === null
        ? '登录名或密码不对，请核对后再试；忘了密码请联系系统管理员重置'
        : `登录名或密码不对；尝试次数较多，请 ${d.wait}后再试，账号没有被锁定`,
    )
  static readonly oidcRefused = () =>
    new Problem('401.3', '统一身份登录没有完成，请回到登录页重新开始；每次登录要在同一个浏览器里走完')
  static readonly wayAbsent = (d: { way: string }) =>
    new Problem('404.106', `本系统没有接入${d.way}，请回到登录页用其他方式登录`)
  static readonly oidcUnbound = () =>
    new Problem('403.5', '这个统一身份还没有绑定本系统的账号；请先用密码登录，再到“账号安全”里绑定')
  static readonly oidcDown = () => new Problem('503.3', '统一身份登录暂时连不上，请稍候再试，或用密码登录')
  static readonly codeNotSent = () => new Problem('503.4', '短信没有发出，请核对手机号，过一分钟再试')
  static readonly denied = (d: { what: string }) => new Problem('403.1', `没有权限：${d.what}`)
  static readonly consentMissing = (d: { what: string }) =>
    new Problem('403.6', `她没有同意把信息用于“${d.what}”，或已撤回同意，不能查看`)
  static readonly notRunning = (d: { mode: string; sentence: string }) =>
    new Problem('403.15', d.sentence, [], { mode: d.mode })
  static readonly foreignOrigin = () => new Problem('403.2', '请求不是从本站页面发出的，已拒绝')
  static readonly factorMissing = () => new Problem('403.3', '请先完成第二步验证，再进入系统')
  static readonly stepUpNeeded = () => new Problem('403.4', '这一步需要再次验证身份，请输入动态验证码')
  static readonly notFound = () => new Problem('404.1', '没有找到，或不在您的可见范围内')
  static readonly noCertificate = () =>
    new Problem(
      '404.2',
      '没有查到这个验证码对应的证书，请对照证书逐字核对；确认无误仍查不到的，请与证书上的发证单位联系',
    )
  static readonly honourChanged = staleSince('409.157', '评选或推荐表')
  static readonly honourState = (d: { state: string; label: string }) =>
    new Problem('409.158', `这次评选现为“${d.state}”，不能${d.label}，请刷新后查看`, [], d)
  static readonly nominationState = (d: { state: string; label: string }) =>
    new Problem('409.159', `这份推荐现在不能${d.label}，请刷新后查看`, [], d)
  static readonly scoredAlready = () => new Problem('409.160', '您已经打过分或申请过回避，提交后不能再改')
  static readonly noticeNotPassed = (d: { state: string; closesOn: string }) =>
    new Problem(
      '409.161',
      d.state === 'open'
        ? `公示到 ${d.closesOn} 为止，次日起才能继续办理`
        : d.state === 'blocked'
          ? '公示的异议还没有全部答复，或者异议全部成立，不能继续办理'
          : '还没有公示或者公示已经撤回，不能继续办理',
      [],
      d,
    )
  static readonly noticeOver = () =>
    new Problem('404.155', '没有这份公示，或者公示期满已经撤下；要了解结果请与公示单位联系')
  static readonly storyOver = () => new Problem('404.157', '没有这篇事迹，或者已经按本人意愿撤下')
  static readonly noReceipt = () => new Problem('404.156', '没有查到这个回执，请对照提交时显示的回执逐字核对')
  static readonly noticeClosed = (d: { on: string }) =>
    new Problem('409.155', `公示已于 ${d.on} 结束，不再接收异议；有新的情况请向公示单位或上级工会反映`, [], d)
  static readonly objectionAnswered = () => new Problem('409.156', '这条异议已有答复，请刷新后查看')
  static readonly certifiedAlready = () =>
    new Problem('409.70', '其中有已经发过同样证书且仍有效的，请刷新后在台账里查看；要改内容请用“换发”')
  static readonly certificateEnded = () => new Problem('409.71', '这张证书已经撤销或换发，请刷新后查看')
  static readonly changed = (d: { who: string; when: string; version: number }) =>
    new Problem(
      '409.1',
      `${d.who} 已于 ${d.when} 改动了这条记录，请查看最新内容后再操作；您填写的内容已保留`,
      [],
      d,
    )
  static readonly deliveryMoved = () => new Problem('409.45', '这一条已在重发或已送达，请刷新后再看')
  static readonly wrongState = (d: { state: string; label: string }) =>
    new Problem('409.2', `记录现为“${d.state}”，不能${d.label}，请刷新后查看`, [], d)
  static readonly inFlight = () => new Problem('409.3', '同一操作正在处理，请稍候几秒再看结果')
  static readonly textChanged = (d: { who: string; when: string; version: number } | null = null) =>
    new Problem(
      '409.4',
      `${d === null ? '他人刚刚' : `${d.who} 已于 ${d.when}`}保存了新的一版，请查看后再保存；您写的都还在`,
      [],
      d ?? {},
    )
  static readonly paperState = (d: { state: string; label: string }) =>
    new Problem('409.40', `总结现为“${d.state}”，不能${d.label}，请刷新后查看`, [], d)
  static readonly draftTaken = () => new Problem('409.5', '这份草稿已在别处更新，请打开最新的草稿')
  static readonly duplicate = (d: { what: string }) =>
    new Problem('409.6', '已有相同的内容，请勿重复提交', [], d)
  static readonly moveOverlaps = () => new Problem('409.7', '该月份已有隶属关系，请检查生效月份')
  static readonly pendingAlready = () =>
    new Problem('409.8', '这条记录已有待处理的更正或作废申请，请先等待审核')
  static readonly registered = (d: { issue: Issue; place: string; id: string | null }) =>
    new Problem('409.9', d.issue.message, [d.issue], { place: d.place, id: d.id })
  static readonly personChanged = () =>
    new Problem('409.10', '她的资料已被他人改动，请查看最新内容后再保存；您填写的内容已保留')
  static readonly askedAlready = () => new Problem('409.11', '同一事项已有待处理的申请，请先等待确认')
  static readonly elsewhere = () => new Problem('409.12', '这段时间她已登记在另一单位，请核对起止日期')
  static readonly decidedAlready = () => new Problem('409.13', '这项申请已有结果，请刷新后查看')
  static readonly askerClosed = () =>
    new Problem('409.480', '申请转入的单位已经撤销，不能转去；请选“不同意”并写明理由')
  static readonly textOutdated = () => new Problem('409.14', '告知书已有新的文本，请阅读后再决定')
  static readonly taskChanged = staleSince('409.15', '任务或填报情况')
  static readonly taskOver = () => new Problem('409.16', '这项任务已经结束，不再填报和催办')
  static readonly intakeChanged = () => new Problem('409.17', '这份表格已在别处改动，请看过最新内容再办一次')
  static readonly intakeClosed = () =>
    new Problem('409.18', '这份表格已经导入或已过可以撤销的时间，不能再改；请上传新的表格')
  static readonly intakeUsed = (d: { advice: string }) =>
    new Problem('409.164', `这次导入的都已送上去、办理过或改动过，不能整批撤销；${d.advice}`)
  static readonly earlierMoved = () =>
    new Problem('409.61', '这些历年数据已有变动或正在审核，请刷新后再操作；您填写的内容已保留')
  static readonly tableChanged = staleSince('409.60', '这张表')
  static readonly held = (d: { untilOn: string | null }) =>
    new Problem(
      '409.55',
      `有未了结的事项，她的信息暂缓清除至${d.untilOn === null ? '办结' : ` ${d.untilOn}`}，到期、解除或办结后再办；申请仍然保留`,
      [],
      d,
    )
  static readonly planChanged = staleSince('409.25', '计划')
  static readonly assessmentChanged = staleSince('409.27', '考核表或这一栏')
  static readonly samePublisher = () =>
    new Problem('422.25', '提请发布与发布不能是同一人，请由本级另一位同志核对后发布')
  static readonly suggestionDecided = () => new Problem('409.26', '这条建议已有答复，请刷新后查看')
  static readonly lockMoved = (d: { what: string }) => new Problem('409.19', `${d.what}，请刷新后再办理`)
  static readonly lockedAlready = (d: { months: string }) =>
    new Problem('409.20', `${d.months}已经锁定，请选择还没有锁定的期间`)
  static readonly lockWaiting = (d: { waiting: number }) =>
    new Problem(
      '409.21',
      `这个期间现有 ${d.waiting} 条待审核，与您看到的不同；请重新查看后再决定是否锁定`,
      [],
      d,
    )
  static readonly secondReopener = () =>
    new Problem('422.18', '重新开放须由本级另一位同志同意，不能由申请人自己同意')
  static readonly lockChanged = () => new Problem('409.22', '这次锁定已有变动，请查看最新情况后再办理')
  static readonly ruleWaits = () =>
    new Problem('409.150', '这张规则表已有一个新版本在等待核定，请先办理或由提出人撤回')
  static readonly ruleTaken = () =>
    new Problem('409.151', '这张规则表已有同一天起执行的版本，请改起始日期', [
      { field: 'fromOn', message: '已有同一天起执行的版本' },
    ])
  static readonly ruleDecided = () => new Problem('409.152', '这个版本已经办理过，请刷新后查看')
  static readonly sameRuleHands = () =>
    new Problem('422.150', '提出人与核定人不能是同一人，请由本级另一位同志核定')
  static readonly moveLocked = (d: { months: string; by: string }) =>
    new Problem('409.23', `${d.by}已锁定${d.months}，隶属关系不能改到锁定以前；请改生效月份，或先重新开放`)
  static readonly totalsDiffer = () =>
    new Problem(
      '409.130',
      '办理后有一项合计与办理前不等，已全部退回，没有改动；请把生效月份告知系统管理员核查',
    )
  static readonly beforeFounding = () =>
    new Problem('422.130', '这个日期本单位还没有成立，请核对日期；成立以前的事项由原单位填报', [
      { field: 'endsOn', message: '这个日期本单位还没有成立，请核对日期' },
    ])
  static readonly changeMoved = () =>
    new Problem('409.131', '这项变更已有变动，或者现在不由您办理，请刷新后查看')
  static readonly undoRefused = (d: { why: string }) => new Problem('409.132', d.why)
  static readonly runningWaits = () =>
    new Problem('409.115', '已有一项变更在等待批准，请先由安全管理员办理，或撤回后再申请')
  static readonly runningLate = (d: { fromOn: string }) =>
    new Problem('409.116', `申请的起始日期 ${d.fromOn} 已经过了，请不予批准，由系统管理员重新申请`)
  static readonly emergencyOpen = () =>
    new Problem(
      '409.110',
      '您对她的上一次紧急查看还没有复核，复核后才能再次启用；情况仍然紧急，请联系她所在单位',
    )
  static readonly emergencyOver = (d: { why: string }) =>
    new Problem('409.111', `${d.why}；仍有需要请联系她所在单位`)
  static readonly roomNotCounted = () =>
    new Problem('409.210', '这间关爱室还没有审核通过，审核通过以后才能登记坐标、上图和评定')
  static readonly roomLocked = (d: { months: string }) =>
    new Problem('409.211', `${d.months}已锁定，请由填报单位对这间关爱室提出更正，锁定单位同意后生效`, [], d)
  static readonly sameMoneyHands = () =>
    new Problem('422.210', '录入、复核、批准、支付要由四个人分别办理，您已经办过其中一步')
  static readonly plaqueTaken = () =>
    new Problem('409.213', '这个牌匾编号已经用过，请核对', [
      { field: 'plaqueNo', message: '这个牌匾编号已经用过' },
    ])
  static readonly ratedAlready = () =>
    new Problem('409.214', '这间关爱室已有一项申报正在办理，办结或撤回以后再申报')
  static readonly subsidisedAlready = () => new Problem('409.215', '这块牌匾的补助已经录入过，不能重复')
  static readonly roomMoved = () => new Problem('409.212', '刚才有人办了下一步，请刷新后再看')
  static readonly fileChanged = () => new Problem('409.220', '内容已有变动，请刷新后再办；填写的内容已保留')
  static readonly householdTaken = () => new Problem('409.221', '本人或家人已在另一份档案里，一户只建一份')
  static readonly claimedAlready = () => new Problem('409.222', '本人或配偶这个周期已申领过这类帮扶')
  static readonly onItsWay = () => new Problem('409.223', '其中有已交银行或已到账的，不会重复发放')
  static readonly fourEyes = (d: { what: string }) => new Problem('422.220', `须换一位经办人：${d.what}`)
  static readonly invalid = (d: { issues: Issue[] }) =>
    new Problem('422.1', `有 ${d.issues.length} 处需要修改：${d.issues[0]?.message ?? ''}`, d.issues)
  static readonly keyReused = () => new Problem('422.2', '同一防重复标识用于了不同内容，请刷新页面后再试')
  static readonly warningsNeedNote = (d: { warnings: Issue[] }) =>
    new Problem('422.3', '有需要留意的地方，请核对；确认无误请写明情况再提交', d.warnings, { warnings: true })
  static readonly reasonMissing = (d: { asks: string; field: string }) =>
    new Problem('422.4', `请填写${d.asks}`, [{ field: d.field, message: `请填写${d.asks}` }])
  static readonly remarkMissing = () => new Problem('422.5', '退回时请至少在一处栏目上写明意见')
  static readonly mustOpen = (d: { mustOpen: string[] }) =>
    new Problem('422.6', `批量通过前，请先打开查看系统抽出的 ${d.mustOpen.length} 条记录`, [], d)
  static readonly sameDecider = () =>
    new Problem('422.7', '上报人与审核人不能是同一人，请由本级另一位同志审核')
  static readonly sameHands = () =>
    new Problem('422.60', '填表人与签发人不能是同一人，请由本单位另一位同志签发')
  static readonly sameSigner = () => new Problem('422.40', '送签人与签发人不能是同一人，请由本级负责人签发')
  static readonly noPdf = () =>
    new Problem('422.41', '服务器没有安装 LibreOffice，不能生成 PDF；请下载 Word 文件后另存为 PDF')
  static readonly noWarningsInBatch = (d: { ids: string[] }) =>
    new Problem('422.8', `有 ${d.ids.length} 条带提醒的记录，请逐条审核`, [], d)
  static readonly unknownReference = (d: { what: string }) =>
    new Problem('422.9', '所选的组织或字典项不存在，请重新选择', [], d)
  static readonly badMove = (d: { why: string }) => new Problem('422.10', d.why)
  static readonly fileRefused = (why: string) =>
    new Problem('422.11', why, [{ field: 'evidence', message: why }])
  static readonly diskFull = () =>
    new Problem('507.1', '服务器磁盘空间不足，暂时存不下，请告知系统管理员；填写的内容都还在')
  static readonly wrongCode = () =>
    new Problem('422.12', '验证码不对或已用过，请等下一个 6 位数字，并核对手机时间', [
      { field: 'code', message: '验证码不对或已用过' },
    ])
  static readonly passkeyRefused = () =>
    new Problem('422.14', '通行密钥没有通过验证，请再试一次，或改用其他方式')
  static readonly intakeWrong = (d: { wrong: number; undecided: number }) =>
    new Problem(
      '422.16',
      d.wrong > 0
        ? `还有 ${d.wrong} 行有错，请改好，或改用“只导入正确的行”`
        : `还有 ${d.undecided} 行疑似重复，请先选跳过、更新或仍新增`,
      [],
      d,
    )
  static readonly intakeEmpty = () => new Problem('422.17', '没有可以导入的行，请先改好标红的内容')
  static readonly badGrant = (d: { why: string }) => new Problem('422.13', d.why)
  static readonly linkSpent = () => new Problem('410.1', '这个链接已用过或已过期，请向系统管理员要一个新的')
  static readonly tooManyTries = (d: { wait: string; seconds: number }) =>
    new Problem('429.1', `尝试次数过多，请 ${d.wait}后再试；账号没有被锁定`, [], d)
  static readonly tooManyChecks = (d: { wait: string; seconds: number }) =>
    new Problem('429.70', `核验不成功的次数过多，请 ${d.wait}后再试`, [], d)
  static readonly tooManyCodes = (d: { wait: string; seconds: number }) =>
    new Problem('429.106', `验证码发得太多，请 ${d.wait}后再获取`, [], d)
  static readonly tooManyObjections = (d: { wait: string; seconds: number }) =>
    new Problem('429.155', `从同一网络提交或查询的次数过多，请 ${d.wait}后再试`, [], d)
  static readonly enrolRefused = (d: { why: string; sentence: string }) =>
    new Problem('409.420', d.sentence, [], { why: d.why })
  static readonly eventChanged = staleSince('409.421', '这项活动')
  static readonly eventPhase = (d: { why: string }) => new Problem('409.422', d.why)
  static readonly codeStale = () => new Problem('409.423', '二维码已经更换，请对准现场屏幕重新扫码')
  static readonly quizChanged = staleSince('409.470', '题库或这场答题')
  static readonly courseChanged = staleSince('409.471', '这门课程')
  static readonly tooManyForms = () =>
    new Problem('409.424', '还没有提交的表已有很多份，请先提交或清除几份；本页填写的内容只存在本机')
  static readonly tooLarge = () => new Problem('413.1', '内容过大，请分批提交')
  static readonly unanchored = () =>
    new Problem(
      '503.2',
      '审计记录已超过四小时没有在库外签存，敏感信息暂停填写和修改，查看不受影响；请联系审计管理员，恢复后再提交，已填写的内容都还在',
    )
  static readonly busy = () => new Problem('503.1', '系统繁忙，请稍候再试；已填写的内容都还在')
}
