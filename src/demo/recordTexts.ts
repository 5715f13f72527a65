// Wording of the demo's records: plain working titles such as a cadre would write, none taken from any document.

export const TRAINING = {
  subjects: [
    '职场礼仪与沟通',
    '权益维护知识',
    '办公软件应用',
    '心理减压与情绪管理',
    '家庭急救常识',
    '岗位技能提升',
    '茶艺与花艺',
    '亲子阅读指导',
    '健康体态',
    '家庭理财入门',
    '新媒体写作',
    '班组长管理能力',
    '消防与用电安全',
    '普通话与演讲',
  ],
  /** on working days; what falls on a weekend is 周末学校 */
  carriers: ['流动课堂', '流动课堂', '流动课堂', '流动课堂', '网上课程', '其他'],
} as const

export const COMPETITION = {
  kinds: ['技术比武', '技术比武', '劳动竞赛', '岗位练兵', '创新大赛'],
  names: { 劳动竞赛: '劳动竞赛', 技术比武: '技能比武', 岗位练兵: '岗位练兵', 创新大赛: '创新成果大赛' },
  /** what stands in a unit's name → its trades */
  trades: [
    [/小学|中学|幼儿园|学校|教育/, ['教学基本功', '班主任工作', '保育技能']],
    [/医|卫生|门诊|诊所/, ['护理操作', '急救技能', '检验技术']],
    [/银行|保险|金融|贷款|担保/, ['点钞与反假币', '会计核算', '柜面服务']],
    [/港口|码头|理货|拖轮/, ['理货', '变电值班', '装卸机械操作']],
    [/船|海洋工程/, ['焊接', '放样下料', '起重指挥']],
    [/机车|电机|轨道|铁路|段工会/, ['绕线下线', '车电检修', '客运服务']],
    [/公交|出租|客运|货运|交通|物流/, ['安全驾驶', '票务服务', '车辆例检']],
    [/邮政|速递|邮件/, ['邮件分拣', '营业窗口服务']],
    [/餐饮|酒店|宾馆|度假/, ['客房服务', '中式面点', '餐厅服务']],
    [/百货|超市|商贸|家居|便利店|药房/, ['收银', '商品陈列', '导购服务']],
    [/服装|针织|家纺|制衣|刺绣/, ['缝纫', '裁剪', '质量检验']],
    [/食品|水产|冷链|果蔬|调味/, ['水产加工', '食品检验', '包装']],
  ] as readonly (readonly [RegExp, readonly string[]])[],
  general: ['质量检验', '叉车驾驶', '会计核算', '电工', '文秘写作', '数据录入', '客户服务', '保洁'],
} as const

export const LAW = {
  劳动保护: ['女职工劳动保护规定解读', '四期保护讲座', '劳动合同与工资支付讲座'],
  反家庭暴力: ['反家庭暴力法宣讲', '识别与拒绝家庭暴力讲座'],
  性别平等: ['职场性别平等讲座', '预防工作场所性骚扰讲座'],
  婚姻家庭: ['婚姻家庭法律讲座', '家庭财产与继承讲座'],
  其他: ['女性常见病防治科普', '防范电信网络诈骗宣讲', '个人信息保护宣讲'],
} as const

export const FAMILY = {
  定家规: ['家规家训分享会', '我家的好规矩讲述会'],
  立家训: ['家训故事会', '廉洁家风讲堂'],
  写家书: ['家书诵读会', '一封家书征集交流'],
  其他: ['亲子沟通讲堂', '隔代教育讲堂'],
} as const

export const LECTURES = [
  '家庭理财与防骗',
  '职场情绪管理',
  '女性健康与两癌预防',
  '亲子沟通的方法',
  '职业女性礼仪',
  '家庭收纳整理',
  '四季养生',
  '孩子的阅读与学习',
  '民法与家庭',
  '茶与生活',
] as const

export const SKILLS = [
  '月嫂护理',
  '中式面点',
  '家政服务',
  '手工编织',
  '网店经营',
  '养老护理',
  '美容美甲',
  '缝纫制衣',
] as const

export const MATCHES = [
  '春日联谊会',
  '单身职工交友会',
  '鹊桥会',
  '青年职工手作联谊',
  '山海徒步联谊',
  '趣味运动联谊',
] as const

export const REFERRALS = {
  招聘会: '女职工专场招聘会',
  信息发布: '女职工岗位信息发布',
  定向推荐: '困难女职工岗位推荐',
} as const

export const HONOURS = {
  市级: { person: '大连市五一巾帼标兵', team: '大连市五一巾帼标兵岗', cadre: '大连市先进女职工工作者' },
  '区县（产业）级': { person: '先进女职工', team: '先进女职工集体', cadre: '先进女职工工作者' },
  街镇级: { person: '优秀女职工', team: '优秀女职工集体', cadre: '优秀女职工工作者' },
  单位级: { person: '巾帼建功标兵', team: '巾帼文明班组', cadre: '优秀女职工工作者' },
} as const

export const TEAMS = [
  '客服班组',
  '财务科',
  '质检班组',
  '包装班组',
  '窗口服务组',
  '护理组',
  '教研组',
  '化验室',
] as const

/** Small employers that share a joint union or a regional contract. */
export const SHOPS = [
  '餐饮店',
  '美发店',
  '食品店',
  '服装店',
  '幼教机构',
  '物业服务部',
  '药店',
  '洗衣店',
  '建材商行',
] as const

export const EQUIPMENT = [
  '尿布台',
  '沙发',
  '冰箱',
  '洗手台',
  '插座',
  '温奶器',
  '消毒器',
  '门锁',
  '帘',
  '呼叫器',
] as const

/** What reviewers say when they return a record, by field. */
export const REMARKS: readonly { field: string; body: string }[] = [
  { field: 'women', body: '女职工人次与签到册合计不一致，请对照签到册核对后再报。' },
  { field: 'all', body: '参加总人次明显偏高，请核对是否把两期合在一起填写。' },
  { field: 'endsOn', body: '结束日期与活动通知不符，请按实际结束日期填写。' },
  { field: 'title', body: '名称过于笼统，请写明活动内容。' },
  { field: 'count', body: '场数与备注不符，请核对是一场还是两场。' },
]
export const CONTRACT_REMARKS: readonly { field: string; body: string }[] = [
  { field: 'filedOn', body: '报送日期与受理回执不一致，请按回执填写。' },
  { field: 'present', body: '实到代表数与职代会决议不一致，请核对。' },
  { field: 'covered.0.women', body: '女职工数与花名册不符，请核对。' },
]
