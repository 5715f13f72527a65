import {
  PERSONS,
  EVENTS,
  MEETINGS,
  THINGS,
  COPIES,
  PAPERS,
  OTHERS,
  HONOURED,
  STANDING,
  STANDS,
  FUNDED,
  NOTHING_DONE,
  NOT_CONTESTANTS,
  NOT_FUNDED,
  type Topic,
} from './topic.ts'

/** What is done for and by women workers, by the headings of the annual summary. */
export const topicsOfWork: readonly Topic[] = [
  // 选树
  {
    words: /(?:先进|优秀)女职工个人|女职工先进个人|先进个人|先进女职工(?!集体|工作)|优秀女职工(?!集体|工作|组织)/g,
    choices: [{ indicator: 'honour.persons', units: [...PERSONS, '个'], needs: HONOURED }],
  },
  {
    words: /(?:先进|优秀)女职工集体|女职工先进集体|先进集体/g,
    choices: [{ indicator: 'honour.collectives', units: ['个', '家'], needs: HONOURED }],
  },
  {
    words: /(?:先进|优秀)?女职工工作者|优秀女工干部|先进女工干部|优秀工会女干部|优秀女职工干部/g,
    choices: [{ indicator: 'honour.cadres', units: [...PERSONS, '个'] }],
  },
  {
    words: /(?:最美|五好|文明|书香|好家风|和谐|绿色|廉洁|清廉|学习型|教子有方)(?:职工|文明)?家庭/g,
    choices: [
      { indicator: 'beautifulFamily.titles', units: ['户', '个', '家'], unless: /故事|巡讲|参与|投票|候选|入围/, notObject: /推荐|推选|上报/ },
    ],
  },
  { words: /巾帼(?:文明|建功|标兵)[岗手]?|五一巾帼|三八红旗(?:手|集体)|劳模|劳动奖章|劳动模范|奖状|表彰大会/g, choices: [] },
  // 托管
  { words: /托育(?:机构|园|中心)|托位(?:机构)?/g, choices: [] },
  {
    words: /(?:爱心|暑期|寒假|暑假|寒暑假|公益|职工子女|子女|四点半|课后)*(?:托管[班点所]?|托管服务|托育)|[暑寒]托班|[暑寒]期班|小候鸟|四点半(?:课堂|学校)/g,
    choices: [
      {
        indicator: 'childcare.nationalHonours',
        units: THINGS,
        piece: /全国|国家级|全总/,
      },
      { indicator: 'childcare.provincialSites', units: THINGS, piece: /省级|省总|(?:全省|省)[^，。；\d办开设]{0,4}(?:示范|托管|爱心)/ },
      { indicator: 'childcare.classes', units: [...THINGS, '期', '班'], unless: /示范|星级|优秀/ },
      {
        indicator: 'childcare.children',
        units: PERSONS,
        unless: /志愿者|教师(?!子女)|老师|家长|教职工(?!子女)|大学生/,
        needs: /子女|儿童|孩子|学生|学员|托管|入托|在托|小朋友|宝贝/,
        notObject: /职工(?!子女)|家庭|女工|双职工/,
      },
    ],
  },
  // 关爱室
  {
    words:
      /(?:女职工)?(?:特殊)?关爱室|(?:爱心?)?妈[咪妈](?:小?屋|之家|驿站)|(?:爱心)?母婴(?:室|驿站|关爱室|休息室)|(?:女职工)?(?:休息)?哺乳[室屋间]|女职工(?:康乃馨|关爱)(?:服务站|小屋|驿站)|女职工休息室|孕妇休息室|孕妈(?:休息室|小屋)|哺乳期关爱室|女职工关爱屋/g,
    choices: [
      { indicator: 'careRoom.open', units: THINGS, needs: /对(?:外|社会|公众)开放|开放共享|面向社会|向社会开放|向公众|免费开放|地图|标注/, piece: /^(?![^]*(?:新建|新增))|开放|共享|地图/ },
      { indicator: 'careRoom.total', units: THINGS, piece: STANDS },
      {
        indicator: 'careRoom.total',
        units: THINGS,
        needs: STANDING,
        unless: /新建|新增|示范|星级|标准化|当年|本年|今年|全年/,
      },
      {
        indicator: 'careRoom.built',
        units: THINGS,
        needs: /建|创|设|打造|新增|挂牌|完成|增|启用|投入使用|投用/,
        unless: /示范|星级|升级|改造|复查|检查|评[选出定]|命名/,
      },
      { indicator: 'careRoom.persons', units: PERSONS, needs: /惠及|服务|覆盖|受益|受惠|使用|享受/ },
    ],
  },
  // 合同
  { words: /(?:工资|工价|劳动(?:安全|保护)|安全卫生|高温|社会保险)[^，。；、\d女]{0,6}?专项(?:集体)?合同/g, choices: [] },
  {
    words: /(?:女职工)?(?:权益保护|特殊权益)?专项(?:集体)?合同|女职工(?:权益保护|特殊权益)(?:专项)?(?:集体)?合同|(?:有效|在效)(?:专项)?合同/g,
    choices: [
      {
        indicator: 'contract.valid',
        units: PAPERS,
        needs: /有效|在效|在册|现有|存量|期内|累计|共有/,
        unless: /新签|续签|续订|当年/,
      },
      { indicator: 'contract.signed', units: PAPERS, needs: /签/, unless: /检查|评估|审查|示范文本|整改/ },
    ],
  },
  // 两癌
  {
    aside: true,
    words: /两癌(?:防治|预防|知识|健康|科普|宣传|筛查)*(?:知识)?(?:手册|读本|折页|宣传册)|(?:女性|妇女|女职工)?健康(?:知识)?手册/g,
    choices: [{ indicator: 'material.screeningBooklets', units: COPIES, needs: /印|编/ }],
  },
  {
    words: /两癌[^，。；\d]{0,8}?慰问金/g,
    choices: [
      { indicator: 'screening.grants', units: PERSONS },
      { indicator: 'screening.grantMoney', units: ['元'] },
    ],
  },
  { words: /两癌(?:保险|互助|救助|慰问|患[者病]|康复|讲座|科普|知识|宣传|防治(?!筛))/g, choices: [] },
  {
    words: /两癌[^，。；\d]{0,6}?(?:筛查|检查|普查|体检)|(?:乳腺癌|宫颈癌)[^，。；\d]{0,6}?(?:筛查|检查|普查)|两癌/g,
    choices: [
      {
        indicator: 'screening.persons',
        units: PERSONS,
        unless: /救助|患|阳性|检出|确诊|慰问金|疑似|异常|病变|保险|志愿者|医生|专家|手术/,
      },
      {
        indicator: 'screening.cost',
        units: ['元'],
        needs: FUNDED,
        unless: NOT_FUNDED,
      },
    ],
  },
  {
    words: /(?<!高血压|糖尿病|听力|视力|肺癌|胃癌|慢病|肿瘤)筛查/g,
    choices: [
      {
        indicator: 'screening.persons',
        units: PERSONS,
        unless: /救助|患|阳性|检出|确诊|慰问金|疑似|异常|病变|保险|志愿者|医生|专家|手术/,
      },
      { indicator: 'screening.cost', units: ['元'], needs: FUNDED, unless: NOT_FUNDED },
    ],
  },
  { words: /健康体检|妇科(?:体检|检查|普查|病)|女职工体检|妇女病|安康|互助保障|互助保险|特殊疾病|特病/g, choices: [] },
  // 竞赛
  {
    words: /(?:知识|答题|征文|摄影|演讲|朗诵|书画|歌咏|体育|运动|厨艺|趣味|微视频|短视频|棋牌|球类|诵读|家书|文艺)(?:网络|电视)?(?:竞赛|大赛|比赛|赛)|征文|书画展|摄影展|运动会|健步走|读书|阅读|观影|联欢|文艺汇演|沙龙|亲子|插花|茶艺|瑜伽|兴趣班/g,
    choices: [],
  },
  {
    words: /(?:劳动和?技能|劳动|技能|职业技能|业务技能|立功|建功立业|建功)竞赛|竞赛|技术比武|技能比武|技术练兵|比武|岗位练[兵功]|练兵|(?:创新(?:创[意业效])?|创意|技能|职业技能|技术)大赛|技能比赛|技术比赛|技能比拼|岗位技能赛|擂台赛/g,
    choices: [
      { indicator: 'competition.events', units: MEETINGS, notObject: OTHERS },
      {
        indicator: 'competition.attendances',
        units: ['人次'],
        notObject: NOT_CONTESTANTS,
      },
    ],
  },
  // 答题
  {
    words: /平安家庭|有奖(?:答题|问答|竞答|竞猜)|(?:网上|网络|线上|在线|知识|普法)?(?:有奖)?(?:知识)?(?:答题|竞答|问答)/g,
    choices: [{ indicator: 'quiz.attendances', units: ['人次'], needs: /平安家庭|有奖/ }],
  },
  // 宣传品
  {
    aside: true,
    words: /性别平等[^，。；、\d]{0,8}?手册|性别平等指南/g,
    choices: [{ indicator: 'material.equalityHandbooks', units: COPIES, unless: /印制(?![^，]*发放)/ }],
  },
  {
    aside: true,
    words: /(?:普法|法律|维权|法治|反家庭?暴力|劳动保护)?宣传(?:单页?|页|折页|彩页|传单)|传单|折页|(?:普法|法律|维权|法治)(?:宣传)?(?:资料|材料|宣传品|读本)/g,
    choices: [
      {
        indicator: 'material.leaflets',
        units: ['份', '张', '册'],
        needs: /发|派|赠|送/,
        piece: /^(?![^]*(?:两癌|健康|防疫|安全生产))/,
      },
      { indicator: 'material.leaflets', units: ['份', '张', '册'], piece: NOTHING_DONE, unless: /两癌|健康|防疫|安全生产/ },
    ],
  },
  { aside: true, words: /手册|宣传品|宣传资料|宣传材料|海报|展板|礼包|慰问品|物资|防护用品|书籍|图书|环保袋/g, choices: [] },
  // 普法
  {
    words:
      /普法(?:讲座|宣传|宣讲|教育|活动|培训|课堂|巡讲)*|(?:法律|法治|法制|法规|维权|权益保护|劳动法|民法典)[^，。；、\d]{0,6}?(?:讲座|宣讲|宣传|巡讲|讲堂|课堂|沙龙|科普)|《[^》，。；]{1,24}(?:法|法典|条例|规定)》[^，。；、\d]{0,6}?(?:讲座|宣讲|宣传(?![单页册折资材品画])|巡讲|讲堂|课堂|解读|科普)|(?<![办方做技手想看说语])法(?:的)?(?:宣传|宣讲)(?![单页册折资材品画栏周月])|科普(?:宣传|讲座|活动)*|送法(?:进[^，。；、\d普]{1,4}|活动)?|法律宣传月|维权行动月/g,
    choices: [
      { indicator: 'lawTalk.events', units: MEETINGS, unless: /推送|推文|微信|公众号|短视频/ },
      { indicator: 'lawTalk.attendances', units: ['人次'], notObject: /咨询|答题|援助/ },
    ],
  },
  { words: /法律(?:咨询|援助|服务|顾问)|咨询|代书|调解|案件|维权热线|纠纷|信访|来信来访/g, choices: [] },
  // 技能班与就业
  {
    words:
      /实用技[能术][^，。；、\d]{0,6}?(?:培训班?|班)|实用技能|(?:就业|创业|再就业|转岗|职业(?!礼仪|道德|素[养质]|健康|发展|生涯|规划|形象|心理|病)|家政|育婴|月嫂|育儿嫂|面点|养老护理|手工|编织|电商|直播)[^，。；、\d]{0,8}?(?:技能)?培训班?|培训[^，。；\d]{0,8}?(?:家政|育婴|月嫂|育儿嫂|面点|养老护理|编织|电商)(?:[^，。；、\d]{0,4}?技能)?|技能培训班?|技能班/g,
    choices: [
      { indicator: 'skillClass.sessions', units: EVENTS, notObject: OTHERS },
      { indicator: 'skillClass.attendances', units: ['人次'] },
      { indicator: 'skillClass.employed', units: PERSONS, needs: /就业|上岗|再就业/, unless: /意向/ },
    ],
  },
  {
    words: /就业推介|岗位推介|推介(?:就业|用工|工作)*岗位|直播带岗|带岗直播|推介就业|就业推荐|推荐(?:困难|失业|下岗)?(?:女职工|女工|妇女)?就业|(?:专场)?招聘会|招聘(?:活动|专场|洽谈会)|就业对接会?|送岗|专场招聘|春风行动|用工对接|求职|就业(?:援助|帮扶|服务|信息)/g,
    choices: [
      { indicator: 'jobReferral.referrals', units: ['次', '场', '场次', '期', '个'], notObject: OTHERS },
      {
        indicator: 'jobReferral.persons',
        units: PERSONS,
        needs: /惠及|服务|受益|帮助|覆盖|推荐|介绍|推介/,
        piece: /^(?![^]*(?:意向|(?<!推介(?:就业|用工|工作)*)岗位(?!推介)|录用|签[约订]))/,
      },
    ],
  },
  // 困难帮扶
  { words: /单亲困难女职工|困难单亲女职工/g, choices: [{ indicator: 'hardship.singleParents', units: PERSONS, needs: /在档|建档|年末/ }] },
  { words: /(?<=(?:在档|建档)[^。；]{0,40}?其中[^，。；\d]{0,2})单亲(?:困难)?(?:女职工|母亲)?/g, choices: [{ indicator: 'hardship.singleParents', units: PERSONS }] },
  {
    words: /困难女职工(?:家庭)?(?:帮扶)?(?:建档|档案)|(?:建档|在档)(?:的)?困难女职工(?:家庭)?/g,
    choices: [
      { indicator: 'hardship.files', units: ['户'], notObject: /脱困|退出|销档|注销|新增|动态/ },
      { indicator: 'hardship.helped', units: PERSONS, piece: /帮扶|救助/ },
    ],
  },
  {
    words: /困难女职工(?:帮扶|救助)|(?:帮扶|救助|帮扶救助|资助)困难女职工(?!子女)|困难女职工(?:家庭|户)[^，。；、\d]{0,4}?(?:帮扶|救助)|困难女职工(?:家庭|户)?发放[^，。；、\d]{0,4}?(?:帮扶|救助)(?:资金|款项?|金)|帮扶(?:救助)?(?:资金|款项?|金)/g,
    choices: [
      { indicator: 'hardship.helped', units: PERSONS },
      { indicator: 'hardship.money', units: ['元'], unless: /筹集|筹措|募集|争取/ },
    ],
  },
  // 婚恋
  {
    words: /婚恋(?:交友|服务|活动|联谊)*|(?:单身|青年|未婚)[^，。；、\d]{0,8}?(?:联谊|交友)|交友(?:联谊)?|联谊(?:交友)?|鹊桥[会]?|相亲[会]?|红娘|牵手|脱单/g,
    choices: [
      { indicator: 'matchmaking.events', units: [...MEETINGS, '个'] },
      { indicator: 'matchmaking.attendances', units: ['人次'], notObject: /观看|点击|浏览/ },
      { indicator: 'matchmaking.pairs', units: ['对'] },
    ],
  },
  // 智慧女工
  {
    words: /智慧女工(?:大)?(?:课堂|讲堂)?|女职工大(?:课堂|讲堂)|女职工课堂/g,
    choices: [
      { indicator: 'lecture.events', units: [...MEETINGS, '堂', '节', '课', '讲'] },
      { indicator: 'lecture.persons', units: PERSONS },
    ],
  },
  // 家风家教
  {
    words: /好家风[^，。；、\d]{0,4}?(?:宣讲|巡讲|讲座|讲堂)|家风家教(?:[^，。；、\d]{0,6}?(?:讲堂|讲座|课堂|宣讲))?|家风|家教|家庭教育(?:[^，。；、\d]{0,6}?(?:讲座|讲堂|课堂|宣讲|公益课|指导))?|家长(?:课堂|学校)|父母课堂|亲子课堂|好家风/g,
    choices: [
      { indicator: 'familyTalk.events', units: [...MEETINGS, '堂', '节', '课', '讲'], unless: /站点|指导服务站|志愿/ },
      { indicator: 'familyTalk.attendances', units: ['人次'] },
    ],
  },
] // prettier-ignore
