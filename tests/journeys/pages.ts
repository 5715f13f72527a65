import { eventVisits, type Visit } from './eventPages.ts'

/** Addresses that no route of the router stands for: the root shows them to whoever is not signed in. */
export const outside = [
  '/join',
  '/check',
  '/public-notices',
  '/public-notices/$id',
  '/tell',
  '/tell/follow',
  '/honour-roll',
  '/open-childcare',
  '/draws/$id',
  '/placements/$id',
  '/sign-in/oidc',
  '(sign-in)',
] as const

/**
 * Every page of the workbench, by the path of its route, with who looks at it: somebody for whom it is full, and where it is
 * another page for others, they too. A route without a line here, or a line without a route, fails the crawl.
 */
export const visits: Readonly<Record<string, readonly Visit[]>> = {
  '(sign-in)': [[null, '/']],
  '/check': [
    [null, '/check'],
    [null, '/check/none'],
  ],
  '/contracts': [
    ['顾样静', '/contracts'],
    ['白示宁', '/contracts?view=due'],
  ],
  '/rooms': [
    ['顾样静', '/rooms'],
    ['白示宁', '/rooms?show=due'],
  ],
  '/rooms/$id': [
    ['白示宁', '/rooms/$room'],
    ['白示宁', '/rooms/$room?tab=rank'],
    ['白示宁', '/rooms/$room?tab=use'],
  ],
  '/certificates': [
    ['顾样静', '/certificates'],
    ['白示宁', '/certificates?year=2020'],
  ],
  '/honour-roll': [[null, '/honour-roll']],
  '/honours': [
    ['顾样静', '/honours'],
    ['白示宁', '/honours'],
    ['郝例娟', '/honours'],
  ],
  '/honours/new': [['白示宁', '/honours/new']],
  '/honours/$id': [
    ['白示宁', '/honours/$campaign'],
    ['郝例娟', '/honours/$campaign'],
  ],
  '/honour-nominations/new': [['郝例娟', '/honour-nominations/new?campaign=$campaign']],
  '/honour-nominations/$id': [['白示宁', '/honour-nominations/$nomination']],
  '/honour-register': [
    ['顾样静', '/honour-register'],
    ['白示宁', '/honour-register'],
  ],
  '/hardship': [
    ['顾样静', '/hardship'],
    ['侯琳示', '/hardship?stage=visited'],
    ['郝例娟', '/hardship'],
    ['白示宁', '/hardship'],
  ],
  '/hardship/new': [
    ['郝例娟', '/hardship/new'],
    ['郝例娟', '/hardship/new?id=$returnedFile'],
  ],
  '/hardship/files/$id': [
    ['顾样静', '/hardship/files/$openFile'],
    ['郝例娟', '/hardship/files/$openFile'],
  ],
  '/hardship/aids': [
    ['温演莉', '/hardship/aids?aid=approved'],
    ['侯琳示', '/hardship/aids'],
  ],
  '/hardship/handlers': [['顾样静', '/hardship/handlers']],
  '/tell': [[null, '/tell']],
  '/tell/follow': [[null, '/tell/follow']],
  '/my/tell': [['常例晴', '/my/tell']],
  '/silos': [
    ['邱样宜', '/silos'],
    ['倪示兰', '/silos'],
  ],
  '/silo-seats': [['武演安', '/silo-seats']],
  '/silo-counts': [
    ['白示宁', '/silo-counts'],
    ['顾样静', '/silo-counts'],
  ],
  '/open-childcare': [[null, '/open-childcare']],
  ...eventVisits,
  '/childcare': [
    ['顾样静', '/childcare'],
    ['郝例娟', '/childcare'],
  ],
  '/childcare/rounds': [['白示宁', '/childcare/rounds']],
  '/placements/$id': [[null, '/placements/00000000-0000-4000-8000-000000000000']],
  '/childcare/new': [['郝例娟', '/childcare/new']],
  '/childcare/$id': [
    ['白示宁', '/childcare/$class'],
    ['郝例娟', '/childcare/$class'],
  ],
  '/screening': [
    ['顾样静', '/screening'],
    ['郝例娟', '/screening'],
  ],
  '/screening/new': [['顾样静', '/screening/new']],
  '/screening/$id': [
    ['顾样静', '/screening/$round'],
    ['侯琳示', '/screening/$round'],
    ['郝例娟', '/screening/$round'],
  ],
  '/public-notices': [[null, '/public-notices']],
  '/public-notices/$id': [[null, '/public-notices/$notice']],
  '/notice-desk': [
    ['顾样静', '/notice-desk'],
    ['郝例娟', '/notice-desk'],
  ],
  '/join': [[null, '/join#AAAAAAAAAAAAAAAAAAAAAA']],
  '/sign-in/oidc': [[null, '/sign-in/oidc?state=x&code=y']],
  '/': [
    ['郝例娟', '/'],
    ['史示燕', '/'],
    ['顾样静', '/'],
    ['白示宁', '/'],
    ['常例晴', '/'],
    ['段样清', '/'],
    ['武演安', '/'],
    ['石示林', '/'],
  ],
  '/imports/$target': [
    ['郝例娟', '/imports/person'],
    ['段样清', '/imports/onboarding'],
    ['白示宁', '/imports/employer'],
    ['郝例娟', '/imports/training'],
  ],
  '/emergencies': [
    ['武演安', '/emergencies'],
    ['石示林', '/emergencies'],
    ['顾样静', '/emergencies'],
  ],
  '/impact': [
    ['武演安', '/impact'],
    ['石示林', '/impact'],
  ],
  '/inbox': [
    ['郝例娟', '/inbox'],
    ['顾样静', '/inbox'],
  ],
  '/messages': [
    ['郝例娟', '/messages'],
    ['武演安', '/messages'],
  ],
  '/bulletins': [
    ['郝例娟', '/bulletins'],
    ['白示宁', '/bulletins'],
  ],
  '/calendar': [
    ['郝例娟', '/calendar'],
    ['白示宁', '/calendar?year=2020'],
  ],
  '/rules': [
    ['郝例娟', '/rules'],
    ['白示宁', '/rules?table=contractTerm'],
  ],
  '/entry': [['郝例娟', '/entry']],
  '/entry/$programme': [
    ['郝例娟', '/entry/training'],
    ['郝例娟', '/entry/contract'],
  ],
  '/entry/$programme/rows': [['郝例娟', '/entry/training/rows']],
  '/review': [['顾样静', '/review']],
  '/tasks': [
    ['郝例娟', '/tasks'],
    ['顾样静', '/tasks?box=below'],
    ['白示宁', '/tasks'],
  ],
  '/tasks/new': [['顾样静', '/tasks/new']],
  '/tasks/$id': [
    ['郝例娟', '/tasks/$task'],
    ['白示宁', '/tasks/$task'],
  ],
  '/board': [
    ['白示宁', '/board?year=2020'],
    ['顾样静', '/board?year=2019'],
  ],
  '/earlier': [
    ['顾样静', '/earlier'],
    ['秦演平', '/earlier?until=2014'],
  ],
  '/statutory': [['顾样静', '/statutory?year=2019']],
  '/statutory/$layout': [
    ['顾样静', '/statutory/annual?year=2019'],
    ['秦演平', '/statutory/quarter?year=2019&part=3'],
  ],
  '/proof': [['白示宁', '/proof']],
  '/records/$programme': [
    ['郝例娟', '/records/training'],
    ['顾样静', '/records/lawTalk'],
    ['白示宁', '/records/honour'],
  ],
  '/figures': [
    ['郝例娟', '/figures?year=2019'],
    ['白示宁', '/figures?year=2019'],
  ],
  '/assessments': [
    ['顾样静', '/assessments'],
    ['白示宁', '/assessments'],
  ],
  '/assessments/new': [['白示宁', '/assessments/new']],
  '/assessments/$id': [
    ['顾样静', '/assessments/$openSheet'],
    ['白示宁', '/assessments/$openSheet'],
    ['白示宁', '/assessments/$publishedSheet'],
  ],
  '/assessments/$id/$org': [
    ['顾样静', '/assessments/$openSheet/$own'],
    ['顾样静', '/assessments/$publishedSheet/$own'],
  ],
  '/plan': [
    ['郝例娟', '/plan'],
    ['顾样静', '/plan'],
    ['白示宁', '/plan'],
  ],
  '/releases': [
    ['顾样静', '/releases'],
    ['白示宁', '/releases?table=screening.persons.20194'],
  ],
  '/locks': [
    ['顾样静', '/locks'],
    ['白示宁', '/locks'],
  ],
  '/trace/$indicator': [['白示宁', '/trace/training.sessions?year=2019']],
  '/summary': [['白示宁', '/summary?year=2019']],
  '/summary/$snapshot': [['白示宁', '/summary/$snapshot']],
  '/orgs/changes': [['白示宁', '/orgs/changes']],
  '/orgs/gaps': [
    ['郝例娟', '/orgs/gaps'],
    ['白示宁', '/orgs/gaps'],
    ['白示宁', '/orgs/gaps?kind=employersDue'],
  ],
  '/orgs': [
    ['顾样静', '/orgs'],
    ['白示宁', '/orgs'],
  ],
  '/audit': [['石示林', '/audit']],
  '/account': [
    ['郝例娟', '/account'],
    ['常例晴', '/account'],
  ],
  '/accounts': [
    ['段样清', '/accounts'],
    ['武演安', '/accounts'],
  ],
  '/running': [
    ['段样清', '/running'],
    ['武演安', '/running'],
  ],
  '/system': [['段样清', '/system']],
  '/members': [
    ['郝例娟', '/members'],
    ['顾样静', '/members'],
  ],
  '/members/form': [['郝例娟', '/members/form']],
  '/members/movement': [
    ['郝例娟', '/members/movement'],
    ['顾样静', '/members/movement?since=2019-01-01&till=2019-12-31'],
  ],
  '/members/requests': [['郝例娟', '/members/requests']],
  '/downloads': [['顾样静', '/downloads']],
  '/help': [
    ['郝例娟', '/help'],
    ['白示宁', '/help?tab=voice'],
    ['石示林', '/help?tab=keys'],
    ['常例晴', '/help'],
  ],
  '/my-year': [
    ['顾样静', '/my-year?year=2019&whose=unit'],
    ['郝例娟', '/my-year?year=2020'],
  ],
  '/my': [['常例晴', '/my']],
  '/conformity': [['郝例娟', '/conformity']],
  '/privacy': [['常例晴', '/privacy']],
}
