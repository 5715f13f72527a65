import {
  PERSONS,
  EVENTS,
  MEETINGS,
  NOTHING_DONE,
  OF_SIZE,
  STANDS,
  THINGS,
  UPWARD,
  type Topic,
} from './topic.ts'

/** Teaching, places, counsel, the committees themselves; last what no indicator counts. */
export const topicsOfOffice: readonly Topic[] = [
  // 女工干部培训在教育培训之前
  {
    words: /(?:女职工委员会|女职委|女职工|女工|工会女)(?:工作)?干部[^，。；、\d]{0,4}?(?:培训班?|轮训班?|研讨班|研修班|提升班)|女干部(?:业务|素质|能力)?(?:提升)?(?:培训班|轮训班|研修班)|(?:(?:女职工委员会|女职委|女工委)(?:主任|委员)|(?:女职工|女工)(?:主任|专干|委员(?!会)))[^，。；、\d]{0,4}?(?:培训班?|轮训班?|研修班)|(?:培训|轮训)(?:各级|基层|专兼职)*(?:女职工|女工|工会女)干部|(?:女职工|女工|工会女)干部(?:进行|开展|举办|组织)了?(?=[^，。；、]{0,12}?(?:[培轮]训|研[讨修]班|提升班))/g,
    choices: [
      { indicator: 'cadreTraining.sessions', units: ['期', '场', '次', '班', '个'], unless: UPWARD },
      { indicator: 'cadreTraining.persons', units: PERSONS, unless: UPWARD },
    ],
  },
  // 思想引领
  {
    words: /思想(?:政治)?引领[^，。；、\d]{0,6}?(?:学习|活动|宣讲)?|(?:主题|专题|理论|政治)(?:教育)?学习(?:教育|活动|会|宣讲)?|(?:主题|专题|理论|事迹|形势)(?:教育)?报告会|(?:主题|专题|理论|形势|百姓|巾帼)(?:教育)?宣讲(?:活动)?|(?:组织|开展|集中)[^，。；\d]{0,10}?学习[^，。；、\d]{0,20}?(?:精神|重要讲话|重要论述|党史|党纪)/g,
    choices: [
      { indicator: 'study.events', units: MEETINGS },
      { indicator: 'study.attendances', units: ['人次'] },
    ],
  },
  // 工作室
  {
    words: /(?:女职工|女劳模|女工匠|巾帼)*(?:劳模|工匠)?(?:人才)?创新工作室/g,
    choices: [
      { indicator: 'studio.active', units: THINGS, piece: STANDS },
      { indicator: 'studio.active', units: THINGS, needs: /在用|现有|共有|累计|已有|总数|达到/, unless: /新(?:命名|建|增)|当年/ },
      { indicator: 'studio.named', units: THINGS, needs: /命名|认定|授牌|挂牌|创建|新建|新增/, unless: /拟|复核|检查/ },
      { indicator: 'studio.active', units: THINGS, piece: NOTHING_DONE },
    ],
  },
  {
    words: /(?:职工)?亲子工作室/g,
    choices: [
      { indicator: 'parentStudio.active', units: THINGS, piece: STANDS },
      { indicator: 'parentStudio.active', units: THINGS, needs: /在用|现有|共有|累计|已有|总数|达到/, unless: /新(?:建|增|设)|当年/ },
      { indicator: 'parentStudio.built', units: THINGS, needs: /建|设|启用|挂牌|成立|新增/ },
      { indicator: 'parentStudio.active', units: THINGS, piece: NOTHING_DONE },
    ],
  },
  {
    words: /亲子(?:阅读|共读|研学|游学|(?:趣味)?运动会|露营|采摘|游园|手工|绘本)|亲子[^，。；\d]{2,14}?等[^，。；、\d]{0,4}活动|(?:职工)?亲子(?:主题|教育|阅读|手工|研学|实践|体验|户外|互动|运动|公益|陪伴)?(?:活动|沙龙|嘉年华)/g,
    choices: [
      { indicator: 'parentStudio.events', units: MEETINGS },
      { indicator: 'parentStudio.attendances', units: ['人次'] },
    ],
  },
  // 心理
  { words: /心理(?:健康|素质)?(?:自测|测评|测试|体检)/g, choices: [{ indicator: 'counselling.selfTests', units: ['人次'] }] },
  {
    words: /团体[^，。；、\d]{0,4}?辅导|心理(?:健康|关爱|知识|调适)*(?:讲座|课堂|沙龙)/g,
    choices: [
      { indicator: 'counselling.talks', units: MEETINGS },
      { indicator: 'counselling.sessions', units: ['人次'], needs: /(?:个案|个别|一对一|面询)(?:咨询|辅导|疏导)?|疏导/, piece: /个案|个别|一对一|疏导|面询/ },
    ],
  },
  {
    words: /心理(?:健康)?(?:咨询|疏导|热线|援助)(?:热线|室|站|服务)?|心理服务热线|心理(?:关爱|减压|放松)[室屋]|(?:心灵|心理)(?:驿站|港湾|氧吧|树洞)|个案(?:咨询|辅导|面询|疏导)/g,
    choices: [{ indicator: 'counselling.sessions', units: ['人次'] }],
  },
  // 组织
  {
    words: /(?:女职工委员会|女职委)(?:全体|常务|工作)*(?:会议|例会|全会)|(?:女职工委员会|女职委)?(?:全委会|常委会)(?:议)?|换届会议/g,
    choices: [{ indicator: 'meeting.meetings', units: ['次', '场', '场次'], needs: /召开|举行|开会/ }],
  },
  {
    words: /(?:工作|全体|专题|(?<=召开了?)委员)会议|工作例会|召开(?:了)?会议/g,
    choices: [{ indicator: 'meeting.meetings', units: ['次', '场', '场次'], needs: /(?:女职工委员会|女职委|女工委)[^，。；]*?召开/, notObject: /听取|汇报|调研|督查|走访|审议|通过/ }],
  },
  {
    words: /女职工委员会|女职委/g,
    choices: [
      {
        indicator: 'committee.committees',
        units: THINGS,
        piece: /^(?![^]*(?:应建(?![^]*已建)|未建|换届|新建|新成立|新增))[^]*(?:已建|共建|建有|建立|建成|现有|共有|达到|累计|总数|在册)/,
        unless: OF_SIZE,
      },
      { indicator: 'committee.committees', units: THINGS, piece: NOTHING_DONE, unless: OF_SIZE },
    ],
  },
  {
    words: /女职工委员(?!会)/g,
    choices: [{ indicator: 'committee.delegates', units: THINGS, needs: /设|配/ }],
  },
  // 其他培训不设指标
  {
    words: /(?:女职工|女工|工会)?干部(?:业务)?(?:培训|轮训|能力)|(?:培训|轮训)(?:各级|基层|专兼职)*(?:女职工|女工|工会)?女?干部|(?:培训|轮训)[^，。；、\d]{0,6}?(?:干部|主席|执委|农民|志愿者|带头人|能手|讲师|师资|骨干)|女干部[^，。；、\d]{0,6}?培训|业务培训|上级培训|(?:志愿者|骨干|师资|红娘|讲师|女企业家|女农民|新型职业|村妇联|妇女|农民|巾帼)(?![^，。；、\d]{0,6}?(?:家政|育婴|月嫂|育儿|面点|养老|护理|手工|编织|电商|直播|就业))[^，。；、\d]{0,6}?培训(?!班)|轮训|心理[^，。；、\d]{0,6}?(?:培训|辅导)?|健康讲座|安全培训/g,
    choices: [],
  },
  {
    words: /(?:女职工)?(?:教育|素质|素质提升|综合素质|技术|网上|线上|各类|专题)*培训班?|周末学校|流动课堂|女职工学校|网上课程|素质提升(?:工程|行动)?|教育培训|女职工(?:业务|岗位)(?:知识|技能|能力)?培训班?|女职工(?:研修|学习|讲习|轮训)班/g,
    choices: [
      {
        indicator: 'training.sessions',
        units: EVENTS,
        notObject: /学员|教师|基地|学校|合格率/,
      },
      { indicator: 'training.attendances', units: ['人次'] },
    ],
  },
  // 源头参与
  {
    words: /(?:参与|参加)[^，。；\d]{0,16}?(?:起草|修订|修改|制定|立法)[^，。；、\d]{0,10}|(?:法规|条例|规章|政策|法律)(?:的|草案)?(?:修订|修改|起草|制定)|(?:参与|参加|开展)[^，。；、\d]{0,8}?(?:法规|条例|规章|政策|法律|立法)[^，。；、\d]{0,6}?(?:评估|论证)|提案议案|议案提案|提案|议案|源头参与|立法(?:修改)?建议|向[^，。；、\d]{0,4}(?:人大|政协)[^，。；\d]{0,10}?(?:报送|提交|提出|建言)(?:《[^》，。；]{1,30}》)?|修改(?:意见|建议)|(?:法规|规章|政策|立法|条例)[^，。；\d]{0,12}?(?:意见建议|意见|建议)/g,
    choices: [
      { indicator: 'policyInput.adopted', units: ['条', '项', '件'], needs: /采纳|吸收|被采用/ },
      { indicator: 'policyInput.suggestions', units: ['条', '项'], needs: /建议|意见/ },
      { indicator: 'policyInput.documents', units: ['件', '部', '项', '个', '份'] },
    ],
  },
  // 专项行动
  {
    words: /(?:抗疫|抗击疫情|疫情防控|防疫|抗洪|抗震|救灾|复工复产|稳岗)[^，。；、\d]{0,4}?(?:专项)?(?:行动|服务)|(?<!安全生产|整治|执法|维权|检查|治理)专项行动(?:服务)?/g,
    choices: [
      { indicator: 'specialAction.events', units: MEETINGS },
      { indicator: 'specialAction.served', units: ['人次'] },
      { indicator: 'specialAction.value', units: ['元'], needs: /捐|款物|物资|慰问/ },
    ],
  },
  { words: /合理化建议|金点子|创新(?:成果|项目)|专利|技术革新|工作室|心愿|急难愁盼/g, choices: [] },
  { words: /工作亮点|亮点工作/g, choices: [{ indicator: 'highlight.items', units: ['条', '项', '个'], notObject: /采用|采纳|刊发|转载/ }] },
  // 不设指标的工作
  {
    words:
      /志愿(?:服务|者)|送温暖|送清凉|走访|慰问|帮扶|救助|助学|贷款|创业|工会组织|女职工组织|女会员|建会|组建率|覆盖率|心理服务|热线|宣讲|座谈会|会议|调研|检查|督查|短视频|微信|公众号|推文|阅读量|关注|粉丝|报道|稿件|书屋|结对|巾帼(?:大|心)|留守|妇女之家|儿童之家|文体|兴趣|观摩/g,
    choices: [],
  },
] // prettier-ignore
