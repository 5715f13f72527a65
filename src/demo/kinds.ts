/** A kind of grassroots unit: what such units are called, how big they are and how many of the staff are women. */
export type Kind = {
  /** what follows the made-up proper name */
  fields: readonly string[]
  /** legal form closing the name; none for public bodies and joint unions */
  tail: '有限公司' | ''
  /** a union that several small employers share */
  joint?: true
  /** workers: median and spread (sigma of the logarithm) */
  workers: readonly [median: number, sigma: number]
  /** share of women among the workers, on average */
  women: number
  /** code of the industry union that such units may also hang under */
  industry?: string
}

/** Sizes and shares are made up, in the order of size that such workplaces usually have. */
export const KINDS = {
  joint: {
    fields: ['社区', '商圈', '大厦', '市场', '小微企业园', '步行街'],
    tail: '',
    joint: true,
    workers: [75, 0.6],
    women: 0.52,
  },
  village: { fields: ['村', '渔村', '果园村'], tail: '', joint: true, workers: [50, 0.5], women: 0.45 },
  textile: {
    fields: ['服装', '针织', '家纺', '制衣', '刺绣'],
    tail: '有限公司',
    workers: [120, 0.7],
    women: 0.78,
  },
  machine: {
    fields: ['精密制造', '机床附件', '轴承', '泵阀', '模具', '铸造'],
    tail: '有限公司',
    workers: [110, 0.8],
    women: 0.2,
  },
  electronics: {
    fields: ['电子', '光学元件', '接插件', '仪表'],
    tail: '有限公司',
    workers: [140, 0.8],
    women: 0.55,
  },
  food: {
    fields: ['食品', '冷链物流', '水产加工', '调味品', '果蔬'],
    tail: '有限公司',
    workers: [100, 0.7],
    women: 0.6,
  },
  retail: {
    fields: ['百货', '超市连锁', '家居广场', '便利店', '药房连锁'],
    tail: '有限公司',
    workers: [70, 0.8],
    women: 0.66,
    industry: 'DL61',
  },
  catering: {
    fields: ['餐饮管理', '酒店', '宾馆', '度假村'],
    tail: '有限公司',
    workers: [50, 0.6],
    women: 0.6,
    industry: 'DL61',
  },
  service: {
    fields: ['物业服务', '保洁服务', '家政服务', '养老服务', '美容美发'],
    tail: '有限公司',
    workers: [60, 0.6],
    women: 0.58,
  },
  it: {
    fields: ['软件', '数据服务', '信息技术', '网络科技', '服务外包'],
    tail: '有限公司',
    workers: [90, 0.9],
    women: 0.44,
  },
  transport: {
    fields: ['公交客运', '出租汽车', '货运', '物流', '轮渡客运'],
    tail: '有限公司',
    workers: [110, 0.8],
    women: 0.2,
    industry: 'DL56',
  },
  construction: {
    fields: ['建筑工程', '市政工程', '装饰工程', '园林绿化'],
    tail: '有限公司',
    workers: [90, 0.8],
    women: 0.15,
    industry: 'DL57',
  },
  shipyard: {
    fields: ['船舶重工', '船舶配套', '海洋工程', '船用设备'],
    tail: '有限公司',
    workers: [220, 0.9],
    women: 0.09,
  },
  port: {
    fields: ['港口装卸', '集装箱码头', '理货', '港口电力', '拖轮'],
    tail: '有限公司',
    workers: [200, 0.8],
    women: 0.18,
  },
  locomotive: {
    fields: ['机车车辆', '牵引电机', '轨道配件', '机车检修'],
    tail: '有限公司',
    workers: [260, 0.8],
    women: 0.2,
  },
  finance: {
    fields: ['村镇银行', '财产保险', '保险经纪', '小额贷款', '融资担保'],
    tail: '有限公司',
    workers: [80, 0.8],
    women: 0.58,
    industry: 'DL58',
  },
  post: { fields: ['邮政支局', '速递营业部', '邮件处理中心'], tail: '', workers: [60, 0.6], women: 0.48 },
  power: {
    fields: ['供电服务', '热电', '风力发电', '电力检修'],
    tail: '有限公司',
    workers: [130, 0.7],
    women: 0.22,
  },
  chemical: {
    fields: ['石油化工', '精细化工', '涂料', '橡塑'],
    tail: '有限公司',
    workers: [150, 0.8],
    women: 0.25,
    industry: 'DL62',
  },
  railway: {
    fields: ['车务段', '机务段', '客运段', '工务段', '货运中心'],
    tail: '',
    workers: [260, 0.6],
    women: 0.22,
  },
  fishery: {
    fields: ['水产养殖', '海珍品养殖', '远洋渔业', '育苗'],
    tail: '有限公司',
    workers: [60, 0.7],
    women: 0.3,
    industry: 'DL65',
  },
  school: {
    fields: ['小学', '中学', '实验小学', '高级中学', '职业学校'],
    tail: '',
    workers: [95, 0.5],
    women: 0.76,
    industry: 'DL51',
  },
  nursery: { fields: ['幼儿园', '艺术幼儿园'], tail: '', workers: [32, 0.5], women: 0.94, industry: 'DL51' },
  clinic: {
    fields: ['社区卫生服务中心', '门诊部', '口腔诊所'],
    tail: '',
    workers: [40, 0.5],
    women: 0.79,
    industry: 'DL52',
  },
  hospital: {
    fields: ['医院', '妇产医院', '中医院', '康复医院'],
    tail: '',
    workers: [320, 0.8],
    women: 0.77,
  },
  office: {
    fields: ['图书馆', '文化馆', '公共服务中心', '档案馆', '体育馆', '研究所'],
    tail: '',
    workers: [45, 0.6],
    women: 0.53,
  },
} satisfies Record<string, Kind>

export type KindKey = keyof typeof KINDS

/** Which kinds of units a place or an industry has, and how many of each in proportion. */
export type Mix = Partial<Record<KindKey, number>>

/** The four sorts of territory. */
export const MIXES = {
  centre: {
    joint: 26,
    retail: 13,
    catering: 13,
    service: 13,
    it: 5,
    nursery: 7,
    school: 5,
    clinic: 6,
    office: 6,
    finance: 2,
    construction: 3,
    transport: 2,
  },
  works: {
    joint: 22,
    machine: 17,
    electronics: 7,
    textile: 9,
    food: 9,
    chemical: 3,
    construction: 6,
    service: 5,
    retail: 6,
    nursery: 3,
    school: 4,
    clinic: 4,
    transport: 4,
    fishery: 2,
  },
  islands: { joint: 26, fishery: 30, catering: 14, food: 10, transport: 6, school: 4, nursery: 4, clinic: 6 },
  software: {
    joint: 14,
    it: 42,
    electronics: 12,
    service: 10,
    catering: 8,
    nursery: 4,
    school: 3,
    clinic: 3,
    finance: 3,
    machine: 3,
  },
} satisfies Record<string, Mix>
