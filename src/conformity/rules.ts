/** One thing that the rules on digital burden forbid or demand: what it says, what we do, and the test that fails otherwise. */
export type ConformityRule = {
  key: string
  rule: string
  ours: string
  /** ban: not built, no switch turns it on; rule: built so. */
  how: '没有这个功能' | '系统如此限制' | '可以设置'
  proof: { file: string; title: string }
}

const suite = 'tests/server/conformity.test.ts'

/** 国办函〔2026〕12号 names 群团组织 among those it binds; told here in our own words. */
export const conformityRules: readonly ConformityRule[] = [
  {
    key: 'checkIn',
    rule: '不搞打卡签到、积分排名，不统计在线时长',
    ours: '系统里没有这些功能，也没有能打开它们的开关；单位一律按组织顺序排列，不比快慢。',
    how: '没有这个功能',
    proof: { file: suite, title: 'has no words for clocking in, points, ranks or time spent online' },
  },
  {
    key: 'signIn',
    rule: '不强制登录，不通报使用率',
    ours: '上级看不到谁登录过、登录了几次；登录记录只有本人在“账号安全”里看得到，用来发现异常。',
    how: '系统如此限制',
    proof: { file: suite, title: 'tells nobody when others signed in' },
  },
  {
    key: 'evidence',
    rule: '点赞、转发、投票、学习时长不作为工作依据',
    ours: '每个指标只从审核通过的项目记录里加总，点开就是那些记录；没有别的来源。',
    how: '系统如此限制',
    proof: { file: suite, title: 'counts records of programmes and nothing else' },
  },
  {
    key: 'photos',
    rule: '不要求不必要的拍照留痕和轨迹定位',
    ours: '佐证材料都可以不附，没有定位栏目；上传的照片会去掉拍摄地点和机型。',
    how: '系统如此限制',
    proof: { file: suite, title: 'asks for no file and no position' },
  },
  {
    key: 'place',
    rule: '不收集与工作无关的位置信息',
    ours: '照片重新生成，只留画面，照片里的经纬度、时间和机型不保存。',
    how: '系统如此限制',
    proof: {
      file: 'tests/server/evidence.test.ts',
      title: 'is made anew: turned upright, without place, camera or anything behind the picture',
    },
  },
  {
    key: 'twice',
    rule: '不重复填表，系统里有的不再要',
    ours: '下达报表前先显示要填几项、共要多少分钟；问系统已有的数，必须写明理由，填报人看得到。',
    how: '系统如此限制',
    proof: {
      file: 'tests/server/tasks.test.ts',
      title: 'shows its burden first, and asks what is known only for a reason',
    },
  },
  {
    key: 'burden',
    rule: '减轻填报负担',
    ours: '上次填过的、能推出来的自动带入；各个项目里，一次填报要动手填的栏目中位数不超过 6 项。',
    how: '系统如此限制',
    proof: {
      file: 'src/kit/burden.test.ts',
      title: 'the median of fields typed over all programmes is at most six',
    },
  },
  {
    key: 'lost',
    rule: '不因系统原因重复劳动',
    ours: '断网、登录过期、换设备都不丢已填的内容；两台设备填得不一样时并排给出，由本人选。',
    how: '系统如此限制',
    proof: {
      file: 'tests/server/drafts.test.ts',
      title: 'gives at most one record, in whatever order and however often its packets arrive',
    },
  },
  {
    key: 'shutdown',
    rule: '停用要有序：先公告，数据有去处',
    ours: '平台停用分三步：先公告日期和原因，再只读，最后停止服务并写明数据去向、新平台和联系方式；两位管理员共同办理，只读时查看和导出照常，每个人随时能取回和申请删除本人信息。',
    how: '系统如此限制',
    proof: {
      file: 'tests/server/running.test.ts',
      title: 'every route is refused but those that the rule lets pass',
    },
  },
  {
    key: 'filing',
    rule: '公示备案编号',
    ours: '在设置里填写备案号后，登录页和每一页的页脚都会显示。',
    how: '可以设置',
    proof: { file: suite, title: 'shows its filing number where one is set' },
  },
]
