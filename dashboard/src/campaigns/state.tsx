import type { CampaignState } from '../../../server/src/campaigns/campaign.ts'
import { useWords, words } from '../app/language.ts'
import { type Meaning, Tag } from '../design/states.tsx'

const text = words({
  draft: { ko: '작성 중', en: 'Draft' },
  live: { ko: '켜짐', en: 'Live' },
  paused: { ko: '꺼짐', en: 'Off' },
  draining: { ko: '마무리 중', en: 'Finishing' },
  stopped: { ko: '끝남', en: 'Ended' },
})

const meanings = {
  draft: 'attention',
  live: 'caused',
  paused: 'quiet',
  draining: 'quiet',
  stopped: 'quiet',
} as const satisfies Readonly<Record<CampaignState, Meaning>>

export function StateTag({ state }: { readonly state: CampaignState }) {
  const said = useWords(text)
  return (
    <Tag dot meaning={meanings[state]}>
      {said[state]}
    </Tag>
  )
}
