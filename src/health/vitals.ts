/** A disk as one of our folders lies on it. */
export type Disk = { what: string; path: string; free: number; total: number }
/** A backup or a trial of one, as it ended. `fault` empty: well. */
export type BackupRun = {
  endedAt: string
  seconds: number
  file: string
  bytes: number
  rows: number
  fault: string
}
/** A kind of work that was given up, within a week. */
export type DeadWork = { kind: string; count: number; fault: string }

/** What is measured of a running server; times in the unit of their name, sizes in bytes. */
export type Vitals = {
  /** Whether the database was asked for what it keeps: jobs, backups, deliveries. */
  known: boolean
  at: string
  version: string
  node: string
  schema: string
  engine: string
  mode: 'demo' | 'live'
  startedAt: string
  /** Resident memory of the process and what its heap may take. */
  memory: { resident: number; heap: number; heapLimit: number }
  /** By which the event loop lagged, 99th percentile of the last minute. */
  lagMs: number
  database: {
    /** What an empty statement took; null: it gave no answer. */
    answerMs: number | null
    /** Clock of the database against the server's. */
    skewMs: number
    bytes: number
    pool: { used: number; most: number; waiting: number }
  }
  jobs: { open: number; oldestDueSeconds: number; dead: DeadWork[] }
  /** Accepted changes that are not yet folded into the totals; each figure counts them all the same. */
  unfolded: number
  anchors: { at: string | null; isLate: boolean } | null
  backup: BackupRun | null
  backupGood: BackupRun | null
  trial: BackupRun | null
  trialGood: BackupRun | null
  disks: Disk[]
  deliveries: { failed: number }
}

export const checkStates = ['good', 'watch', 'bad'] as const
export type CheckState = (typeof checkStates)[number]
/** One line of the page: how it is, and what to do where it is not well. */
export type Check = { key: CheckKey; label: string; state: CheckState; told: string; advice: string }

export const checkKeys = [
  'database',
  'backup',
  'trial',
  'anchors',
  'disk',
  'jobs',
  'folding',
  'answer',
  'memory',
  'clock',
  'deliveries',
] as const
export type CheckKey = (typeof checkKeys)[number]

/** From when on a value is to be watched, and from when on it is bad. The alarms of deploy/alarms.yml name the same figures. */
export const limits = {
  answerMs: [500, 3_000],
  backupHours: [26, 50],
  trialDays: [8, 32],
  diskShare: [0.15, 0.05],
  dueSeconds: [600, 3_600],
  unfolded: [20_000, 200_000],
  lagMs: [200, 1_000],
  memoryShare: [0.8, 0.95],
  skewMs: [5_000, 60_000],
} as const satisfies Record<string, readonly [number, number]>

const above = (value: number, [watch, bad]: readonly [number, number]): CheckState =>
  value >= bad ? 'bad' : value >= watch ? 'watch' : 'good'
const worst = (...states: CheckState[]): CheckState =>
  checkStates[Math.max(...states.map((state) => checkStates.indexOf(state)))]!

const hoursSince = (instant: string, now: string): number =>
  (Date.parse(now) - Date.parse(instant)) / 3_600_000
/** 12.3 GB, 45 MB. */
export const sizeOf = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
const ago = (hours: number): string =>
  hours < 1 ? '不到 1 小时前' : hours < 48 ? `${Math.floor(hours)} 小时前` : `${Math.floor(hours / 24)} 天前`
const count = (n: number): string => n.toLocaleString('en-US')

/** How a server is, line by line; what is well has no advice. */
export function checksOf(vitals: Vitals): Check[] {
  const kept = vitals.known
    ? [backup(vitals), trial(vitals), jobs(vitals), folding(vitals), clock(vitals), deliveries(vitals)]
    : []
  return [database(vitals), ...kept, anchors(vitals), disk(vitals), answer(vitals), memory(vitals)].map(
    (check) => (check.state === 'good' ? { ...check, advice: '' } : check),
  )
}

/** The worst of them. */
export const stateOf = (checks: readonly Check[]): CheckState =>
  worst('good', ...checks.map(({ state }) => state))

function database({ database: { answerMs, bytes, pool } }: Vitals): Check {
  // The embedded engine has one connection for all: somebody waits now and then.
  const full = pool.most > 1 && pool.waiting > 0 && pool.used >= pool.most
  return {
    key: 'database',
    label: '数据库',
    state: answerMs === null ? 'bad' : worst(above(answerMs, limits.answerMs), full ? 'watch' : 'good'),
    told:
      answerMs === null
        ? '没有应答'
        : `应答 ${Math.round(answerMs)} 毫秒，占用 ${sizeOf(bytes)}，连接 ${pool.used} / ${pool.most}${pool.waiting > 0 ? `，${pool.waiting} 个请求在等连接` : ''}`,
    advice: '看数据库服务是否在运行、磁盘是否已满；数据库恢复后平台自己接上，不必重启',
  }
}

function backup({ at, mode, backup: last, backupGood: good }: Vitals): Check {
  const label = '备份'
  const advice =
    '在服务器上运行 systemctl start jinguo-nightly，再看 journalctl -u jinguo-nightly 写的原因；并检查定时器是否启用（运维手册“备份”）'
  if (last === null)
    return { key: 'backup', label, state: mode === 'live' ? 'bad' : 'watch', told: '还没有做过备份', advice }
  const age = good === null ? Infinity : hoursSince(good.endedAt, at)
  const failed = last.fault !== '' ? `最近一次没有做成：${last.fault}；` : ''
  return {
    key: 'backup',
    label,
    state: worst(above(age, limits.backupHours), last.fault === '' ? 'good' : 'watch'),
    told:
      failed +
      (good === null
        ? '还没有一份成功的备份'
        : `${ago(age)}，${count(good.rows)} 行，${sizeOf(good.bytes)}，用时 ${good.seconds} 秒，已读回核对`),
    advice,
  }
}

function trial({ at, mode, trial: last, trialGood: good }: Vitals): Check {
  const label = '试恢复'
  const advice =
    '看 journalctl -u jinguo-nightly 里是哪一项不符；保留这份备份，另做一份，再查磁盘（运维手册“备份”）'
  if (last === null)
    return {
      key: 'trial',
      label,
      state: mode === 'live' ? 'bad' : 'watch',
      told: '还没有试恢复过',
      advice: '运行 systemctl start jinguo-nightly，做一次备份并试恢复（运维手册“备份”）',
    }
  const days = good === null ? Infinity : hoursSince(good.endedAt, at) / 24
  return {
    key: 'trial',
    label,
    state: worst(above(days, limits.trialDays), last.fault === '' ? 'good' : 'bad'),
    told:
      (last.fault !== '' ? `最近一次不成功：${last.fault}；` : '') +
      (good === null
        ? '还没有成功过'
        : `${ago(days * 24)}，${count(good.rows)} 行全部相符，用时 ${good.seconds} 秒`),
    advice,
  }
}

function anchors({ at, anchors: found }: Vitals): Check {
  const label = '审计库外签存'
  const advice =
    '看库外签存文件夹（JINGUO_ANCHOR_DIR）所在的盘是否可写；恢复之前，涉及个人敏感信息的填写会暂停'
  if (found === null) return { key: 'anchors', label, state: 'watch', told: '没有启用', advice }
  return {
    key: 'anchors',
    label,
    state: found.isLate ? 'bad' : 'good',
    told: found.at === null ? '还没有签存' : `最近一次在${ago(hoursSince(found.at, at))}`,
    advice,
  }
}

const share = ({ free, total }: Disk): number => free / total
const fullness = (one: Disk): CheckState =>
  share(one) <= limits.diskShare[1] ? 'bad' : share(one) <= limits.diskShare[0] ? 'watch' : 'good'

function disk({ disks }: Vitals): Check {
  return {
    key: 'disk',
    label: '磁盘空间',
    state: worst('good', ...disks.map(fullness)),
    told: disks
      .map((one) => `${one.what}余 ${sizeOf(one.free)}（${Math.floor(share(one) * 100)}%）`)
      .join('，'),
    advice: '清理或扩容；过期的备份按手册的份数删除。不要删数据、附件、签存文件夹里的任何文件',
  }
}

function jobs({ jobs: { open, oldestDueSeconds, dead } }: Vitals): Check {
  const given = dead.reduce((sum, { count: n }) => sum + n, 0)
  return {
    key: 'jobs',
    label: '后台任务',
    state: worst(above(oldestDueSeconds, limits.dueSeconds), given > 0 ? 'watch' : 'good'),
    told: [
      `待办 ${count(open)} 件`,
      oldestDueSeconds >= 60 && `最早一件已等 ${Math.floor(oldestDueSeconds / 60)} 分钟`,
      given > 0 &&
        `近 7 天有 ${count(given)} 件多次重试仍未做成（${dead.map(({ kind, fault }) => (fault === '' ? kind : `${kind}：${fault}`)).join('；')}）`,
    ]
      .filter(Boolean)
      .join('，'),
    advice: '看服务日志里“后台任务未完成”的原因；未发出的提醒可在“运行状态”里再发，导出可由本人重新申请',
  }
}

const folding = ({ unfolded }: Vitals): Check => ({
  key: 'folding',
  label: '汇总',
  state: above(unfolded, limits.unfolded),
  told: unfolded === 0 ? '没有积压' : `${count(unfolded)} 笔变动待并入汇总表（数字照样准确，只是查得慢些）`,
  advice: '几分钟内应自行清空；一直增加时看服务日志里“汇总未完成”的原因',
})

const answer = ({ lagMs }: Vitals): Check => ({
  key: 'answer',
  label: '响应',
  state: above(lagMs, limits.lagMs),
  told: `近一分钟最慢的百分之一等了 ${Math.round(lagMs)} 毫秒`,
  advice: '看同一台机器上是否有别的程序占满处理器；常年如此请加处理器',
})

const memory = ({ memory: { resident, heap, heapLimit } }: Vitals): Check => ({
  key: 'memory',
  label: '内存',
  state: above(heap / heapLimit, limits.memoryShare),
  told: `程序占用 ${sizeOf(resident)}，堆 ${sizeOf(heap)}（上限 ${sizeOf(heapLimit)}）`,
  advice: '加内存，或在服务单元里用 NODE_OPTIONS=--max-old-space-size 提高上限；再重启平台',
})

const clock = ({ database: { skewMs } }: Vitals): Check => ({
  key: 'clock',
  label: '时钟',
  state: above(Math.abs(skewMs), limits.skewMs),
  told: Math.abs(skewMs) < 1000 ? '与数据库一致' : `与数据库相差 ${(Math.abs(skewMs) / 1000).toFixed(1)} 秒`,
  advice: '两台机器都启用时间同步（systemd-timesyncd 或 chrony）',
})

const deliveries = ({ deliveries: { failed } }: Vitals): Check => ({
  key: 'deliveries',
  label: '站外提醒',
  state: failed > 0 ? 'watch' : 'good',
  told: failed === 0 ? '近 7 天没有未送达的' : `近 7 天 ${count(failed)} 条未送达`,
  advice: '在“运行状态”的“站外提醒发送情况”里看原因，排除后可以再发',
})
