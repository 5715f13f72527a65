import { MIXES, type Mix } from '#demo/kinds.ts'

export type District = {
  code: string
  short: string
  name: string
  /** GB/T 2260; the functional zones have none */
  regionCode?: string
  mix: Mix
  /** grassroots unions that report in this district */
  units: number
  /** streets and towns are real places; parks (园区) are made up */
  streets: readonly string[]
}

const list = (text: string): string[] => text.split(' ')
const streets = (text: string): string[] => list(text).map((name) => `${name}街道`)
const towns = (text: string): string[] => list(text).map((name) => `${name}镇`)

/** The ten county-level units of GB/T 2260 and the four functional zones, as federations of the city. */
export const DISTRICTS: readonly District[] = [
  {
    code: 'DL01',
    short: '中山区',
    name: '大连市中山区总工会',
    regionCode: '210202',
    mix: MIXES.centre,
    units: 300,
    streets: streets('人民路 海军广场 桃源 老虎滩 葵英 青泥洼桥 昆明 桂林'),
  },
  {
    code: 'DL02',
    short: '西岗区',
    name: '大连市西岗区总工会',
    regionCode: '210203',
    mix: MIXES.centre,
    units: 190,
    streets: streets('人民广场 八一路 日新 北京 白云 香炉礁'),
  },
  {
    code: 'DL03',
    short: '沙河口区',
    name: '大连市沙河口区总工会',
    regionCode: '210204',
    mix: MIXES.centre,
    units: 320,
    streets: streets('中山公园 白山路 兴工 马栏 春柳 南沙河口 黑石礁 李家 星海湾'),
  },
  {
    code: 'DL04',
    short: '甘井子区',
    name: '大连市甘井子区总工会',
    regionCode: '210211',
    mix: MIXES.works,
    units: 340,
    streets: [
      ...streets('甘井子 周水子 椒金山 南关岭 泡崖 中华路 机场 辛寨子 红旗 大连湾 泉水 革镇堡 营城子'),
      '螺弦产业园',
    ],
  },
  {
    code: 'DL05',
    short: '旅顺口区',
    name: '大连市旅顺口区总工会',
    regionCode: '210212',
    mix: MIXES.works,
    units: 120,
    streets: streets('登峰 得胜 水师营 铁山 双岛湾 三涧堡 长城 龙头 江西'),
  },
  {
    code: 'DL06',
    short: '金州区',
    name: '大连市金州区总工会',
    regionCode: '210213',
    mix: MIXES.works,
    units: 180,
    streets: streets('拥政 友谊 光中 站前 先进 二十里堡 亮甲店 登沙河 杏树 华家 向应 七顶山 大魏家'),
  },
  {
    code: 'DL07',
    short: '普兰店区',
    name: '大连市普兰店区总工会',
    regionCode: '210214',
    mix: MIXES.works,
    units: 180,
    streets: streets(
      '丰荣 铁西 太平 皮口 城子坦 大刘家 杨树房 唐家房 莲山 安波 沙包 大谭 墨盘 同益 星台 双塔',
    ),
  },
  {
    code: 'DL08',
    short: '长海县',
    name: '长海县总工会',
    regionCode: '210224',
    mix: MIXES.islands,
    units: 50,
    streets: towns('大长山岛 小长山岛 广鹿岛 獐子岛 海洋岛'),
  },
  {
    code: 'DL09',
    short: '瓦房店市',
    name: '瓦房店市总工会',
    regionCode: '210281',
    mix: MIXES.works,
    units: 200,
    streets: [
      ...streets('文兰 岭东 铁东 祝华 岗店 九龙 太阳 共济 新华'),
      ...towns('复州城 永宁 老虎屯 松树 得利寺 谢屯 许屯'),
    ],
  },
  {
    code: 'DL10',
    short: '庄河市',
    name: '庄河市总工会',
    regionCode: '210283',
    mix: MIXES.works,
    units: 180,
    streets: [
      ...streets('城关 新华 兴达 昌盛'),
      ...towns('青堆 徐岭 黑岛 栗子房 大营 塔岭 仙人洞 蓉花山 长岭 城山 光明山 大郑'),
    ],
  },
  {
    code: 'DL11',
    short: '高新区',
    name: '大连高新区总工会',
    mix: MIXES.software,
    units: 170,
    streets: [...streets('凌水 七贤岭 龙王塘'), '鸥笺软件园', '贝弦创业园', '桅笙服务外包园'],
  },
  {
    code: 'DL12',
    short: '金普新区',
    name: '大连金普新区总工会',
    mix: MIXES.works,
    units: 190,
    streets: streets('马桥子 湾里 海青岛 大孤山 董家沟 金石滩 得胜 大李家 三十里堡 石河 炮台 复州湾'),
  },
  {
    code: 'DL13',
    short: '长兴岛',
    name: '大连长兴岛经济区总工会',
    mix: MIXES.works,
    units: 50,
    streets: [...streets('长兴岛 交流岛'), '鲈砚化工园', '锚箴装备园', '舵絮港区园'],
  },
  {
    code: 'DL14',
    short: '花园口',
    name: '大连花园口经济区总工会',
    mix: MIXES.works,
    units: 40,
    streets: [...streets('明阳'), '藻缃新材料园', '礁楹食品园', '汐绡轻工园', '鹬扉农业园'],
  },
]

export type Industry = {
  code: string
  short: string
  name: string
  /** 产业 行业, 局委 系统, 大企业 集团 */
  orgType: '行业' | '系统' | '集团'
  mix: Mix
  units: number
  /** what stands between the union and some of its grassroots: trade federations and groups */
  branches?: readonly { short: string; name: string; orgType: '行业' | '集团' }[]
}

const trade = (short: string) => ({ short, name: `大连市${short}工会联合会`, orgType: '行业' as const })
const group = (short: string) => ({ short, name: `大连${short}工会`, orgType: '集团' as const })

/** 产业、局、委、大企业工会: generic names; the groups are made up. */
export const INDUSTRIES: readonly Industry[] = [
  {
    code: 'DL51',
    short: '教育工会',
    name: '大连市教育工会',
    orgType: '系统',
    mix: { school: 7, nursery: 3 },
    units: 120,
  },
  {
    code: 'DL52',
    short: '卫生健康工会',
    name: '大连市卫生健康工会',
    orgType: '系统',
    mix: { hospital: 5, clinic: 5 },
    units: 80,
    branches: [trade('民办医疗行业')],
  },
  { code: 'DL53', short: '港口工会', name: '大连市港口工会', orgType: '行业', mix: { port: 1 }, units: 40 },
  {
    code: 'DL54',
    short: '机车工会',
    name: '大连市机车工会',
    orgType: '行业',
    mix: { locomotive: 1 },
    units: 25,
  },
  {
    code: 'DL55',
    short: '造船工会',
    name: '大连市造船工会',
    orgType: '行业',
    mix: { shipyard: 1 },
    units: 50,
    branches: [group('橹笙船舶集团')],
  },
  {
    code: 'DL56',
    short: '交通工会',
    name: '大连市交通工会',
    orgType: '行业',
    mix: { transport: 1 },
    units: 60,
    branches: [trade('出租汽车行业'), trade('道路货运行业')],
  },
  {
    code: 'DL57',
    short: '建设工会',
    name: '大连市建设工会',
    orgType: '行业',
    mix: { construction: 1 },
    units: 80,
    branches: [trade('装饰装修行业'), group('锚砚建工集团')],
  },
  {
    code: 'DL58',
    short: '金融工会',
    name: '大连市金融工会',
    orgType: '行业',
    mix: { finance: 1 },
    units: 55,
  },
  { code: 'DL59', short: '邮政工会', name: '大连市邮政工会', orgType: '行业', mix: { post: 1 }, units: 25 },
  { code: 'DL60', short: '电力工会', name: '大连市电力工会', orgType: '行业', mix: { power: 1 }, units: 25 },
  {
    code: 'DL61',
    short: '商贸工会',
    name: '大连市商贸工会',
    orgType: '行业',
    mix: { retail: 6, catering: 3, food: 1 },
    units: 50,
    branches: [trade('餐饮行业')],
  },
  {
    code: 'DL62',
    short: '石化工会',
    name: '大连市石化工会',
    orgType: '行业',
    mix: { chemical: 1 },
    units: 30,
  },
  {
    code: 'DL63',
    short: '铁路工会',
    name: '大连市铁路工会',
    orgType: '行业',
    mix: { railway: 1 },
    units: 25,
  },
  {
    code: 'DL64',
    short: '直属机关工会',
    name: '大连市直属机关工会',
    orgType: '系统',
    mix: { office: 1 },
    units: 20,
  },
  {
    code: 'DL65',
    short: '水产工会',
    name: '大连市水产工会',
    orgType: '行业',
    mix: { fishery: 3, food: 1 },
    units: 15,
  },
  {
    code: 'DL66',
    short: '鲳弦重工集团',
    name: '大连鲳弦重工集团工会',
    orgType: '集团',
    mix: { machine: 3, shipyard: 1, electronics: 1 },
    units: 15,
  },
]
