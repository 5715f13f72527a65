/** What signing out would take off this device before the server has it. */
export const unsentWords = (drafts: number, scans: number): string =>
  `有 ${[
    ...(drafts > 0 ? [`${drafts} 份填写的内容`] : []),
    ...(scans > 0 ? [`${scans} 条现场扫码`] : []),
  ].join('、')}还没有上传`
