import { aidStateWords, fileStateWords } from '#hardship/states.ts'
import { entryStateWords, quotaWords } from '#screening/states.ts'
import { attendanceWords, entryStateWords as placeWords, noShowWords, presenceWords } from '#signup/states.ts'
import { scanFaults, scanWords } from '#signup/ticket.ts'
import { nominationStateWords } from '#honour/words.ts'
import { noticeKinds } from '#identity/api.ts'
import { noticeText } from '#identity/noticeWords.ts'
import { messageKinds } from '#notify/api.ts'
import { channelLabels } from '#notify/channel.ts'
import { consentTexts } from './consentTexts.ts'
import { emergencyWords, verdictWords } from './emergency.ts'
import { c, type HerTable, type Told } from './herTable.ts'
import { hardshipWay } from './hersHardship.ts'
import { quizWay } from './hersQuiz.ts'
import { screeningWay } from './hersScreening.ts'
import { voiceWay } from './hersVoice.ts'
import { accessLabels, purposes } from './purposes.ts'
import { personalTables } from './registry.ts'
import { holdWords, requestStateWords, requestWords, roleLabels } from './words.ts'

// What is hers: every table with rows about her. An independent crawl of the catalogue proves it whole; a test holds the columns
// against the catalogue. The copy as JSON holds every column but those withheld; the printed one those with a label.

/** Bytes that mean nothing without the key (their values stand beside), and who the others were that acted. */
export const withheld: ReadonlySet<string> = new Set(
  `id_number birth phone guardian id_index phone_index ticket_hash token_hash
  password_hash factor recovery_salt code_hash public_key credential_id verifier nonce state_hash
  actor_person account_id request_id asked_by asked_person decided_by decided_person made_by lifted_by reviewed_by reviewed_person
  applied_person listed_person closed_by checked_person opened_person entered_person approved_person paid_person
  submitted_by submitted_person written_by answered_by shown_by head_name
  salt digest addresses from_account from_post to_account to_post`.split(/\s+/),
)

/** A table of the register: labels as there. */
function registered(table: string, told: Readonly<Record<string, Told>> = {}, key = 'person_id'): HerTable {
  const { title, columns } = personalTables[table]!
  return {
    title,
    by: 'person',
    key,
    columns: Object.fromEntries(
      Object.entries(columns)
        .filter(([name]) => !withheld.has(name))
        .map(([name, c]) => [
          name,
          c.mask === '不显示' && !/_at$|^state$/.test(name) ? null : { label: c.label, as: told[name] },
        ]),
    ),
  }
}

/** Columns that are sealed outside the register; the copy opens them. */
export const sealedElsewhere: Readonly<Record<string, readonly string[]>> = {
  hardship_file: ['household', 'result'],
  hardship_result: ['outcome'],
  hardship_aid: ['claim'],
}

const ofAccount = (title: string, columns: HerTable['columns'], key = 'account_id'): HerTable => ({
  title,
  by: 'account',
  key,
  columns,
})

const consentLabels = Object.fromEntries(Object.entries(consentTexts).map(([key, { label }]) => [key, label]))
const purposeLabels = Object.fromEntries(Object.entries(purposes).map(([key, { label }]) => [key, label]))
const notices = Object.fromEntries(noticeKinds.map((kind) => [kind, noticeText({ kind, detail: '' })]))

const entry = registered(
  'person',
  { org_id: 'org', state: { active: '在册', merged: '已并入另一份登记', erased: '已删除' } },
  'id',
)

export const herTables: Readonly<Record<string, HerTable>> = {
  // Her name stands first.
  person: { ...entry, columns: { name: entry.columns['name']!, ...entry.columns } },
  membership: registered('membership', { org_id: 'org' }),
  consent: registered('consent', { purpose: consentLabels, form: { self: '本人在系统里', paper: '书面' } }),
  person_access: registered('person_access', {
    org_id: 'org',
    role: roleLabels,
    field: accessLabels,
    purpose: purposeLabels,
  }),
  person_request: registered('person_request', {
    kind: requestWords,
    state: requestStateWords,
    from_org: 'org',
    to_org: 'org',
  }),
  // An open one is not told to her: it may speak of a matter that she learns of when it has ended.
  person_hold: registered('person_hold', { kind: holdWords, org_id: 'org' }),
  person_emergency: registered('person_emergency', {
    of_org: 'org',
    org_id: 'org',
    kind: emergencyWords,
    verdict: verdictWords,
  }),
  hardship_file: registered('hardship_file', {
    org_id: 'org',
    centre_id: 'org',
    state: fileStateWords,
    household: 'household',
    result: 'result',
  }),
  hardship_result: registered('hardship_result', {
    occasion: { verify: '建档认定', recheck: '年度复核' },
    rule_version: 'rule',
    outcome: 'result',
  }),
  hardship_aid: registered('hardship_aid', {
    org_id: 'org',
    centre_id: 'org',
    period: 'period',
    rule_version: 'rule',
    state: aidStateWords,
    claim: 'claim',
  }),
  ...hardshipWay,
  screening_entry: registered('screening_entry', {
    org_id: 'org',
    quota: quotaWords,
    state: entryStateWords,
  }),
  ...screeningWay,
  event_presence: registered('event_presence', { state: presenceWords, came_how: attendanceWords }),
  event_scan: registered('event_scan', { how: attendanceWords, outcome: scanWords, code: scanFaults }),
  enrolment: registered('enrolment', {
    org_id: 'org',
    state: placeWords,
    came_how: attendanceWords,
    no_show: noShowWords,
  }),
  match_profile: registered('match_profile'),
  match_answer: registered('match_answer', { says_yes: { true: '愿意', false: '不想认识' } }),
  match_block: registered('match_block'),
  childcare_wish: registered('childcare_wish'),
  course_done: registered('course_done', { org_id: 'org' }),
  quiz_attempt: registered('quiz_attempt', { org_id: 'org' }),
  ...quizWay,
  honour_nomination: registered('honour_nomination', { org_id: 'org', state: nominationStateWords }),
  honour_story: registered('honour_story', {
    org_id: 'org',
    state: { draft: '草稿', published: '已公开', withdrawn: '已撤下' },
  }),
  ...voiceWay,
  account: ofAccount(
    '账号',
    {
      id: null,
      person_id: null,
      login: c('登录名'),
      name: c('姓名'),
      title: c('职务'),
      pitch: null,
      is_demo: c('演示账号'),
      disabled_at: c('停用时间'),
    },
    'id',
  ),
  post: ofAccount('岗位', {
    id: null,
    org_id: c('单位', 'org'),
    role: c('岗位', roleLabels),
    from_on: c('起始日期'),
    until_on: c('终止日期'),
  }),
  session: ofAccount('登录', {
    post_id: null,
    is_demo: null,
    is_by_phone: c('用手机号登录'),
    created_at: c('登录时间'),
    seen_at: c('最近使用'),
    expires_at: c('失效时间'),
    id: null,
    aal: c('验证强度', { 1: '密码或短信验证码', 2: '另有第二步验证' }),
    factor_at: c('第二步验证时间'),
    is_password_due: null,
    device: c('设备'),
    behalf: null,
    behalf_until: c('代同事办理到'),
  }),
  credential: ofAccount('登录凭据（不含密码和密钥）', {
    password_at: c('设置密码的时间'),
    factor_at: c('绑定动态验证码的时间'),
    factor_step: null,
  }),
  recovery_code: ofAccount('恢复码（不含内容）', { used_at: c('用掉的时间') }),
  passkey: ofAccount('通行密钥', {
    id: null,
    counter: c('使用次数'),
    transports: null,
    label: c('名称'),
    made_at: c('添加时间'),
    used_at: c('最近使用'),
  }),
  oidc_identity: ofAccount('绑定的外部身份', {
    issuer: c('身份来源'),
    subject: c('外部编号'),
    bound_at: c('绑定时间'),
  }),
  phone_identity: ofAccount('手机号登录', { bound_at: c('首次使用'), seen_at: c('最近使用') }),
  oidc_flow: ofAccount('进行中的外部登录', { expires_at: c('失效时间') }),
  notice: ofAccount('安全提醒', {
    id: null,
    kind: c('事项', notices),
    detail: c('详情'),
    at: c('时间'),
    seen_at: c('看到的时间'),
  }),
  message: ofAccount('站内信', {
    district_id: null,
    id: null,
    org_id: c('单位', 'org'),
    kind: c('事项', messageKinds),
    subject: c('内容'),
    link: null,
    at: c('时间'),
    read_at: c('看到的时间'),
    digest_on: c('站外提醒日期'),
  }),
  contact: ofAccount('消息提醒的设置（地址加密，账号页可看）', {
    channels: c('方式'),
    hour: c('几点以后'),
    updated_at: c('设置时间'),
  }),
  delivery: ofAccount('站外提醒', {
    id: null,
    channel: c('方式', channelLabels),
    job: null,
    on_day: c('日期'),
    unread: c('未读条数'),
    state: c('结果', { waiting: '待发送', sent: '已发送', failed: '没有送达' }),
    fault: c('原因'),
    tries: c('次数'),
    ended_at: c('时间'),
  }),
  delegation: ofAccount(
    '外出委托',
    {
      id: null,
      org_id: c('单位', 'org'),
      from_on: c('起始日期'),
      until_on: c('终止日期'),
      created_at: c('委托时间'),
      ended_at: c('提前结束时间'),
    },
    'from_account',
  ),
  invitation: ofAccount('邀请和重设密码', {
    kind: c('事项', { invite: '邀请', reset: '重设密码' }),
    made_at: c('生成时间'),
    expires_at: c('失效时间'),
    used_at: c('使用时间'),
  }),
  post_request: ofAccount('岗位申请', {
    id: null,
    org_id: c('单位', 'org'),
    role: c('岗位', roleLabels),
    from_on: c('起始日期'),
    until_on: c('终止日期'),
    asked_at: c('申请时间'),
    decided_at: c('决定时间'),
    is_granted: c('是否批准'),
  }),
  audit: ofAccount(
    '本人的操作',
    {
      district_id: null,
      seq: c('序号'),
      at: c('时间'),
      actor: null,
      on_behalf: null,
      action: c('操作', 'act'),
      object: c('对象', 'object'),
      result: null,
      purpose: null,
      fields: null,
      body_hmac: null,
      prev: null,
      hash: null,
    },
    'actor',
  ),
}
