import { Anchor, Button, CopyButton, Modal, TextInput } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconWorld } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { changeCampaign } from '../../api/campaigns.ts'
import { problemIn } from '../../api/client.ts'
import { previewOnPage } from '../../api/previews.ts'
import { getShop } from '../../api/settings.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { useMay, useSession } from '../../app/session.tsx'
import { dayAndTime } from '../../design/format.ts'
import { problemSentence } from '../../design/problem-words.ts'
import style from './onsite.module.css'

const text = words({
  open: { ko: '내 사이트에서 보기', en: 'See it on my site' },
  purpose: {
    ko: '지금 내용을 저장하고, 상점 페이지에서 볼 수 있는 링크를 만들어요. 한 시간 동안 쓸 수 있어요.',
    en: 'Saves the draft and makes a link that shows it on a page of your shop for an hour.',
  },
  page: { ko: '볼 페이지 주소', en: 'Address of the page' },
  pageNote: {
    ko: '스크립트를 설치한 상점 페이지여야 보여요.',
    en: 'The page has to carry the script.',
  },
  install: { ko: '스크립트 설치하기', en: 'Install the script' },
  as: {
    ko: '고른 고객의 값으로 보여요. 이름은 가려져요.',
    en: 'With the values of the chosen customer; the name is masked.',
  },
  nothing: {
    ko: '링크로 본 것은 보고서에도 고객 기록에도 남지 않아요. 쿠폰을 눌러도 예시 코드만 보여요.',
    en: 'Nothing seen by the link is counted or kept; a coupon shows a made-up code.',
  },
  notOwn: {
    ko: '상점 주소 아래의 페이지만 볼 수 있어요. https:// 로 시작하는 주소를 적어 주세요.',
    en: 'Only pages of the shop’s own address, beginning with https://.',
  },
  make: { ko: '링크 만들기', en: 'Make the link' },
  go: { ko: '새 창에서 열기', en: 'Open in a new window' },
  copy: { ko: '링크 복사하기', en: 'Copy the link' },
  copied: { ko: '복사했어요', en: 'Copied' },
  until: {
    ko: (at: string) => `${at}까지 쓸 수 있어요.`,
    en: (at: string) => `Works until ${at}.`,
  },
})

type Props = {
  readonly campaign: number
  readonly flow: Flow
  readonly step: number
  readonly customer: number | undefined
}

/** The draft on the shop's own page, by a link that works for an hour. */
export function OnMySite(props: Props) {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const [opened, setOpened] = useState(false)
  if (!may) return null
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconWorld size={14} />}
        onClick={() => setOpened(true)}
      >
        {said.open}
      </Button>
      {opened && <MakeLink {...props} close={() => setOpened(false)} />}
    </>
  )
}

function MakeLink({
  campaign,
  flow,
  step,
  customer,
  close,
}: Props & { readonly close: () => void }) {
  const said = useWords(text)
  const language = useLanguage()
  const session = useSession()
  const queries = useQueryClient()
  const shop = useQuery({ queryKey: ['shop'], queryFn: ({ signal }) => getShop(signal) })
  const [kept, keep] = useLocalStorage({
    key: `onsite-page.${session.shop.id}`,
    defaultValue: '',
    getInitialValueInEffect: false,
  })
  const [typed, setTyped] = useState<string>()
  const page = typed ?? (kept || (shop.data?.url ?? ''))
  const making = useMutation({
    mutationFn: async () => {
      const saved = await changeCampaign(campaign, { draft: flow })
      queries.setQueryData(['campaigns', 'one', campaign], saved)
      return await previewOnPage(campaign, { page, step, customer })
    },
    onSuccess: () => keep(page),
  })
  const problem = problemIn(making.error)
  const isNotOwn = problem?.field === 'page'
  return (
    <Modal opened onClose={close} title={said.open} size="lg">
      <form
        className={style.site}
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <p className={style.note}>{said.purpose}</p>
        <TextInput
          type="url"
          required
          maxLength={2_000}
          label={said.page}
          description={
            <>
              {said.pageNote}{' '}
              <Anchor component={Link} href="/settings/install" inherit underline="always">
                {said.install}
              </Anchor>
            </>
          }
          error={isNotOwn && said.notOwn}
          value={page}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <p className={style.note}>
          {customer !== undefined && `${said.as} `}
          {said.nothing}
        </p>
        {making.error && !isNotOwn && (
          <p role="alert" className={style.wrong}>
            {problemSentence(problem, language)}
          </p>
        )}
        {making.data ? (
          <div role="status" className={style.made}>
            <Button component="a" href={making.data.url} target="_blank" rel="noopener">
              {said.go}
            </Button>
            <CopyButton value={making.data.url}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? said.copied : said.copy}
                </Button>
              )}
            </CopyButton>
            <span className={style.note}>
              {said.until(
                dayAndTime(
                  making.data.until,
                  { timeZone: session.shop.timeZone, language },
                  Date.now(),
                ),
              )}
            </span>
          </div>
        ) : (
          <Button type="submit" loading={making.isPending}>
            {said.make}
          </Button>
        )}
      </form>
    </Modal>
  )
}
