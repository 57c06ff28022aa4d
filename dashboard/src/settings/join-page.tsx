import { TextInput } from '@mantine/core'
import { getJoinPage, type JoinPage, putJoinPage } from '../api/join-page.ts'
import { useWords, words } from '../app/language.ts'
import { SettingsForm } from './settings-form.tsx'

const text = words({
  title: { ko: '가입 완료 페이지', en: 'The page after joining' },
  note: {
    ko: '가입을 마치면 나오는 페이지예요. 이 주소를 본 고객은 가입한 고객으로 봐요. 첫 구매 추천 팝업처럼 앞으로 만드는 캠페인과 걸리는 시간 계산에 쓰고, 이미 만든 캠페인과 세그먼트는 그대로예요.',
    en: 'What your shop shows after joining: whoever saw it counts as joined. New campaigns, such as recommended first products, and the time they need go by it; campaigns and segments you have stay as they are.',
  },
  path: { ko: '주소에 들어 있는 말', en: 'Its address contains' },
  usual: {
    ko: (usual: string) => `비워 두면 ${usual} 주소를 찾아요. 주소를 통째로 붙여 넣어도 돼요.`,
    en: (usual: string) => `Empty: ${usual}. You may paste the whole address.`,
  },
  none: {
    ko: '비워 두면 페이지는 보지 않고, 상점이 알려준 가입만 세요. 주소를 통째로 붙여 넣어도 돼요.',
    en: 'Empty: no page counts, only what your shop says of joining. You may paste the whole address.',
  },
})

const at = {
  key: ['settings', 'join-page'],
  get: getJoinPage,
  put: ({ joined }: JoinPage, seen: JoinPage) =>
    putJoinPage(joined?.trim() ? joined.trim() : null, seen),
  after: [['playbooks'], ['campaign-plan']],
}

/** Which page of the shop says that somebody has just joined. */
export function JoinPageForm() {
  const said = useWords(text)
  return (
    <SettingsForm title={said.title} note={said.note} at={at} roles={['marketer', 'developer']}>
      {({ value, set, disabled }) => (
        <TextInput
          label={said.path}
          description={value.usual === '' ? said.none : said.usual(value.usual)}
          placeholder={value.usual || '/welcome'}
          maxLength={500}
          disabled={disabled}
          value={value.joined ?? ''}
          onChange={(event) => set({ joined: event.currentTarget.value })}
        />
      )}
    </SettingsForm>
  )
}
