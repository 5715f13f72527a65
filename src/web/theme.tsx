import type { ThemeConfig } from 'antd'

/** 字号: token size in px. Kept per browser. */
export const fontSizes = { 标准: 14, 大: 16, 特大: 18 } as const
export type FontSize = keyof typeof fontSizes

/** 木棉红 and 玉兰白: brand for the header only, so that a red button still means danger. */
export const brand = { red: '#b3262e', ground: '#fbf9f4' } as const

const fontFamily =
  '-apple-system,"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif'

/** antd's default greys and blue miss a contrast of 4.5:1; these reach it (WCAG 2.1 AA). */
export const themeOf = (size: FontSize, isStill: boolean): ThemeConfig => ({
  token: {
    motion: !isStill,
    colorPrimary: '#0958d9',
    colorPrimaryHover: '#1a63dd',
    colorLink: '#0958d9',
    colorError: '#cf1322',
    colorSuccess: '#237804',
    colorSuccessBg: '#f1f8ec',
    colorSuccessBorder: '#c3dfb4',
    colorWarning: '#ad6800',
    colorWarningBg: '#fff7e0',
    colorWarningBorder: '#f3e3b3',
    // Text of filled tags reads the seventh shade; antd writes it under both names.
    green7: '#237804',
    'green-7': '#237804',
    gold7: '#874d00',
    'gold-7': '#874d00',
    volcano7: '#ad2102',
    'volcano-7': '#ad2102',
    colorText: '#262322',
    colorTextSecondary: '#595552',
    colorTextTertiary: '#666',
    colorTextDescription: '#666',
    colorTextPlaceholder: '#767676',
    colorBgLayout: brand.ground,
    colorBorder: '#d8d2c8',
    colorBorderSecondary: '#ece7de',
    colorSplit: '#ece7de',
    fontSize: fontSizes[size],
    fontFamily,
    borderRadius: 6,
    wireframe: false,
  },
  components: {
    Table: { headerBg: '#f6f2ea', headerColor: '#595552', rowHoverBg: '#faf6ee', cellPaddingBlockSM: 7 },
    Menu: {
      itemBg: 'transparent',
      subMenuItemBg: 'transparent',
      itemSelectedBg: '#f3ebe0',
      itemSelectedColor: brand.red,
      subMenuItemSelectedColor: brand.red,
      itemHeight: 36,
      itemMarginBlock: 2,
      groupTitleFontSize: 12,
    },
    Tree: { nodeSelectedBg: '#f3ebe0', nodeHoverBg: '#faf6ee' },
    Card: { headerHeight: 48 },
    Layout: { siderBg: brand.ground, bodyBg: brand.ground, headerBg: brand.red },
  },
})
