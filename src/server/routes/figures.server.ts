import * as api from '#figures/api.ts'
import { proofQuery, proofReply } from '#figures/prose/api.ts'
import { commented, proofOf, receiveReport, type Report } from '#figures/prose/service.server.ts'
import { releasedTable, releaseLog, releaseParams, releaseQuery } from '#figures/disclosure/api.ts'
import { readEstimates } from '#figures/estimates.server.ts'
import { readReleasedTable, readReleaseLog } from '#figures/disclosure/log.server.ts'
import {
  askedPlace,
  readChanges,
  readDrill,
  readFigures,
  readTrace,
  readTrend,
} from '#figures/service.server.ts'
import { docxType } from '#paper/mime.ts'
import type { Deps } from '../deps.server.ts'
import { noBody, none, Raw, type Routes } from '../route.server.ts'

/** Figures, their parts, their months and the records behind them. */
export function figureRoutes({ add }: Routes, deps: Deps): void {
  const common = {
    method: 'GET',
    policy: 'figure.read',
    params: none,
    query: api.figureQuery,
    body: noBody,
  } as const

  add({
    ...common,
    url: '/api/figures',
    reveals: ['figure'],
    summary: '一个单位的全部指标',
    reply: api.figureSet,
    handler: ({ tx, actor, query }) => readFigures(deps, tx, actor, query),
  })
  add({
    ...common,
    url: '/api/figures/drill',
    reveals: ['figure'],
    summary: '指标按下级单位分列',
    reply: api.drill,
    handler: ({ tx, actor, query }) => readDrill(deps, tx, actor, query),
  })
  add({
    ...common,
    url: '/api/figures/trend',
    reveals: ['figure'],
    summary: '指标逐月走势',
    reply: api.trend,
    handler: ({ tx, actor, query }) => readTrend(deps, tx, actor, query),
  })
  add({
    ...common,
    url: '/api/figures/estimates',
    reveals: ['figure'],
    summary: '各项指标中估报的部分',
    reply: api.estimates,
    sensitive: true,
    handler: ({ tx, actor, query }) => readEstimates(deps, tx, actor, query),
  })
  add({
    ...common,
    url: '/api/figures/releases',
    reveals: ['figure'],
    summary: '已发布的数据表台账',
    query: releaseQuery,
    reply: releaseLog,
    handler: async ({ tx, actor, query }) => readReleaseLog(tx, await askedPlace(tx, actor, query.org)),
  })
  add({
    ...common,
    url: '/api/figures/releases/:indicator/:quarter',
    reveals: ['figure'],
    summary: '一张已发布的数据表，过小的数已隐去',
    params: releaseParams,
    query: releaseQuery,
    reply: releasedTable,
    handler: async ({ tx, actor, params, query }) =>
      readReleasedTable(tx, await askedPlace(tx, actor, query.org), params.indicator, Number(params.quarter)),
  })
  add({
    ...common,
    url: '/api/figures/changes',
    reveals: ['figure', 'record'],
    summary: '谁改动过一个指标',
    query: api.changeQuery,
    reply: api.changes,
    sensitive: true,
    handler: ({ tx, actor, query }) => readChanges(deps, tx, actor, query),
  })
  add({
    ...common,
    url: '/api/figures/trace',
    reveals: ['figure', 'record'],
    summary: '指标背后的记录',
    reply: api.trace,
    sensitive: true,
    handler: ({ tx, actor, query }) => readTrace(deps, tx, actor, query),
  })
  add({
    method: 'POST',
    url: '/api/figures/proof',
    policy: 'figure.read',
    reveals: ['figure'],
    summary: '校对一份报告中的数字；报告不留存',
    // A key's answer is kept, and would hold the text.
    keyless: true,
    params: none,
    query: proofQuery,
    body: noBody,
    reply: proofReply,
    receive: receiveReport,
    handler: async ({ tx, actor, query, received }) => {
      const report = received as Report
      const proof = await proofOf(deps, tx, actor, report, query)
      if (query.as !== 'docx') return proof
      return new Raw(docxType, '校对意见.docx', commented(report, proof, deps.publicUrl))
    },
  })
}
