import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ComponentType, lazy, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { problemIn } from '../api/client.ts'
import { getSession } from '../api/session.ts'
import { Page } from '../design/page.tsx'
import { Bones, EmptyState, Failure } from '../design/states.tsx'
import { Home } from '../home/home.tsx'
import { useWords, words } from './language.ts'
import { SessionProvider } from './session.tsx'
import { Shell } from './shell.tsx'
import { SignIn } from './sign-in.tsx'
import { Welcome } from './welcome.tsx'

const text = words({
  lostTitle: { ko: '여기에는 아무것도 없어요', en: 'Nothing is here' },
  lost: {
    ko: '주소가 바뀌었거나 지워진 페이지예요. 왼쪽 메뉴에서 다시 찾아 주세요.',
    en: 'The address changed or the page is gone. Find your way from the menu.',
  },
})

/** A page of its own chunk, fetched when it is first opened. */
function page(load: () => Promise<ComponentType>) {
  return lazy(async () => ({ default: await load() }))
}

const pages: readonly (readonly [string, ComponentType])[] = [
  ['/', Home],
  ['/setup', page(async () => (await import('../settings/first-run.tsx')).FirstRun)],
  ['/journey', page(async () => (await import('../journey/journey.tsx')).Journey)],
  ['/events', page(async () => (await import('../events/live.tsx')).Live)],
  ['/customers', page(async () => (await import('../customers/customers.tsx')).Customers)],
  ['/customers/:id', page(async () => (await import('../customers/customer.tsx')).CustomerPage)],
  ['/customers/:id/erased', page(async () => (await import('../customers/erased.tsx')).Erased)],
  ['/segments', page(async () => (await import('../segments/segments.tsx')).Segments)],
  ['/segments/new', page(async () => (await import('../segments/builder.tsx')).Builder)],
  ['/segments/lists', page(async () => (await import('../segments/lists.tsx')).Lists)],
  ['/segments/:id', page(async () => (await import('../segments/segment-page.tsx')).SegmentPage)],
  ['/segments/:id/edit', page(async () => (await import('../segments/builder.tsx')).Builder)],
  ['/campaigns', page(async () => (await import('../campaigns/campaigns.tsx')).Campaigns)],
  ['/playbooks', page(async () => (await import('../campaigns/gallery.tsx')).Gallery)],
  ['/campaigns/:id', page(async () => (await import('../campaigns/editor.tsx')).Editor)],
  [
    '/campaigns/:id/versions',
    page(async () => (await import('../campaigns/versions.tsx')).Versions),
  ],
  [
    '/campaigns/:id/challenge',
    page(async () => (await import('../proof/challenge.tsx')).ChallengePage),
  ],
  ['/campaigns/:id/report', page(async () => (await import('../campaigns/report.tsx')).Report)],
  ['/calendar', page(async () => (await import('../calendar/calendar.tsx')).Calendar)],
  ['/coupons', page(async () => (await import('../coupons/coupons.tsx')).Coupons)],
  ['/coupons/new', page(async () => (await import('../coupons/new-coupon.tsx')).NewCoupon)],
  ['/coupons/:id', page(async () => (await import('../coupons/coupon-page.tsx')).CouponPage)],
  ['/images', page(async () => (await import('../images/images.tsx')).ImagesPage)],
  ['/messages', page(async () => (await import('../messages/messages.tsx')).Messages)],
  ['/inbox', page(async () => (await import('../messages/inbox.tsx')).Inbox)],
  ['/products', page(async () => (await import('../catalog/products.tsx')).Products)],
  ['/products/:id', page(async () => (await import('../catalog/product-page.tsx')).ProductPage)],
  ['/feeds', page(async () => (await import('../catalog/feeds.tsx')).Feeds)],
  [
    '/recommendations',
    page(async () => (await import('../recommendations/recommendations.tsx')).Recommendations),
  ],
  [
    '/first-purchase',
    page(async () => (await import('../first-purchase/first-purchase.tsx')).FirstPurchase),
  ],
  ['/insight/funnel', page(async () => (await import('../insight/funnel.tsx')).FunnelPage)],
  ['/insight/cohort', page(async () => (await import('../insight/cohort.tsx')).CohortPage)],
  ['/insight/rfm', page(async () => (await import('../insight/rfm.tsx')).RfmPage)],
  ['/insight/value', page(async () => (await import('../insight/value.tsx')).Value)],
  ['/insight/answers', page(async () => (await import('../insight/answers.tsx')).Answers)],
  ['/insight/splits', page(async () => (await import('../proof/splits.tsx')).SplitsPage)],
  ['/insight/splits/new', page(async () => (await import('../proof/new-split.tsx')).NewSplit)],
  ['/insight/splits/:id', page(async () => (await import('../proof/split-page.tsx')).SplitPage)],
  ['/insight/timing', page(async () => (await import('../insight/timing.tsx')).Timing)],
  ['/connect/files', page(async () => (await import('../connect/files/files.tsx')).Files)],
  ['/connect/numbers', page(async () => (await import('../connect/numbers/numbers.tsx')).Numbers)],
  ['/connect/figures', page(async () => (await import('../connect/numbers/figures.tsx')).Figures)],
  ['/settings', page(async () => (await import('../settings/settings.tsx')).Settings)],
  ['/settings/:section', page(async () => (await import('../settings/settings.tsx')).Settings)],
]

/** Which page an address shows; everything but signing in needs a session. */
export function Router() {
  return (
    <Switch>
      <Route path="/sign-in" component={SignIn} />
      <Route path="/welcome" component={Welcome} />
      <Route component={SignedIn} />
    </Switch>
  )
}

function SignedIn() {
  const [location] = useLocation()
  const queries = useQueryClient()
  const session = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => getSession(signal),
    staleTime: 60_000,
  })
  useEffect(() => {
    // Any call that finds the session gone sends the person to the sign-in page.
    return queries.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'error') return
      if (event.query.queryKey[0] === 'session') return
      if (problemIn(event.action.error)?.status === 401) {
        void queries.invalidateQueries({ queryKey: ['session'] })
      }
    })
  }, [queries])
  if (session.error && problemIn(session.error)?.status === 401) {
    return (
      <Redirect
        to={location === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(location)}`}
      />
    )
  }
  if (session.error && !session.data) {
    return (
      <div style={{ maxWidth: 640, margin: '96px auto', padding: 16 }}>
        <Failure error={session.error} retry={() => session.refetch()} />
      </div>
    )
  }
  if (!session.data) return null
  return (
    <SessionProvider value={session.data}>
      <Shell>
        <Suspense fallback={<Bones lines={8} />}>
          <Switch>
            {pages.map(([path, Screen]) => (
              <Route key={path} path={path} component={Screen} />
            ))}
            <Route component={Lost} />
          </Switch>
        </Suspense>
      </Shell>
    </SessionProvider>
  )
}

function Lost() {
  const said = useWords(text)
  return (
    <Page title={said.lostTitle}>
      <EmptyState title={said.lostTitle}>{said.lost}</EmptyState>
    </Page>
  )
}
