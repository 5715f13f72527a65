/** One thing that the rules on digital burden forbid or demand: what it says, what we do, and the test that fails otherwise. */
export type ConformityRule = {
  key: string
  rule: string
  ours: string
  /** ban: not built, no switch turns it on; rule: built so. */
  how: '没有这个功能' | '系统如此限制' | '可以设置' | '有待验收'
  /** null: nothing here can prove it, the sentence says so, and who runs the platform looks at it. */
  proof: { file: string; title: string } | null
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
    ours: '上级工会看不到谁登录过、登录了几次；登录记录本人在“账号安全”里看得到，按网络安全法另有审计管理员可查，只用来发现异常。',
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
    key: 'order',
    rule: '不比快慢、不排先后',
    ours: '谁还没有报，只按已报、未报和期限列出，各单位始终按组织顺序；考核结果也不编号。',
    how: '系统如此限制',
    proof: {
      file: 'tests/server/tasks.test.ts',
      title: 'is what the tree says, at each tier, after each act',
    },
  },
  {
    key: 'voice',
    rule: '设投诉建议入口，有人答复',
    ours: '“帮助—投诉建议”对每个岗位开放，女职工本人也能用；直接送市总工会，不经过中间各级，有没有看过、怎么答复，本人看得到。',
    how: '系统如此限制',
    proof: {
      file: 'tests/server/suggestions.test.ts',
      title: 'goes past every tier between to the city, is read, answered once, and told to who sent it',
    },
  },
  {
    key: 'burden',
    rule: '减轻填报负担',
    ours: '能推出来的自动填好，上次填过的按一下“使用上次的值”带入；各个项目里，一次填报要动手填的栏目中位数不超过 6 项。',
    how: '系统如此限制',
    proof: {
      file: 'src/kit/burden.test.ts',
      title: 'the median of fields typed over all programmes is at most six',
    },
  },
  {
    key: 'lost',
    rule: '不因系统原因重复劳动',
    ours: '填报项目记录时，断网、登录过期、换设备都不丢已填的内容，两台设备填得不一样时并排给出，由本人选；任务里的问卷存在填写的那台设备上。',
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
  {
    key: 'app',
    rule: '能用已有平台的不另建应用；县级以下不自建',
    ours: '全市共用一套，各级单位都是其中的账号，不单独安装；只有网页，不需要下载应用，可从工会已有的入口链接过来。',
    how: '没有这个功能',
    proof: { file: suite, title: 'is pages alone: nothing to install' },
  },
  {
    key: 'ipv6',
    rule: '支持 IPv6',
    ours: '服务地址设为双栈（HOST=::）后，IPv4 和 IPv6 都能访问；域名和网络由运行单位开通。',
    how: '可以设置',
    proof: { file: suite, title: 'answers over IPv6' },
  },
  {
    key: 'elder',
    rule: '适老化和无障碍',
    ours: '字号分标准、大、特大三档；每个页面自动检查对比度、键盘可达和读屏名称，严重问题为零。没有请老年职工和视障职工试用过，也没有送检。',
    how: '系统如此限制',
    proof: {
      file: 'tests/journeys/screens.test.ts',
      title: 'every route of the router has its look, and no look is without a route',
    },
  },
  {
    key: 'systems',
    rule: '适配多种操作系统',
    ours: '用浏览器打开，不依赖插件；自动检查只在 Linux 上的 Chromium 里做过，Windows、统信、麒麟、鸿蒙和手机上的浏览器没有验证。',
    how: '有待验收',
    proof: null,
  },
  {
    key: 'acceptance',
    rule: '上线前验收，运行中定期评估',
    ours: '由运行单位组织；本页逐条写明哪些有自动检查、哪些没有，可以作为验收清单。',
    how: '有待验收',
    proof: null,
  },
]
