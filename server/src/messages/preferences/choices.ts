import type { ConsentChannel, ConsentScope, ConsentState } from '../../consent/consent.ts'

/** One thing a person can say yes or no to. Personal data is asked once and holds for every channel shown. */
export type Choice = { readonly channel: ConsentChannel; readonly scope: ConsentScope }

/** What the page shows: the channels a person can be reached on, and what each allows now. */
export type ChannelRow = {
  readonly channel: ConsentChannel
  /** Masked; null where the channel has no address. */
  readonly address: string | null
  readonly adDay: boolean
  readonly adNight: boolean
  readonly personalDataMarketing: boolean
}

/** E-mail is exempt from the night (decree article 61(2)), so nobody is asked about it. */
export function hasNight(channel: ConsentChannel): boolean {
  return channel !== 'email'
}

const shown = ['email', 'sms', 'kakao', 'web_push', 'app_push'] as const

/** The rows of a person: channels with an address, and those on which they have said something. */
export function rowsOf(
  states: ReadonlyMap<ConsentChannel, ConsentState>,
  address: (channel: ConsentChannel) => string | null,
): readonly ChannelRow[] {
  return shown.flatMap((channel) => {
    const state = states.get(channel)
    const masked = address(channel)
    if (masked === null && !state) return []
    return [
      {
        channel,
        address: masked,
        adDay: state?.adDay ?? false,
        adNight: state?.adNight ?? false,
        personalDataMarketing: state?.personalDataMarketing ?? false,
      },
    ]
  })
}

/** What a form changes: what is refused holds at once, what is wanted must be confirmed by its owner. */
export type Changes = { readonly refused: readonly Choice[]; readonly wanted: readonly Choice[] }

/** Everything that is allowed now, refused. */
export function refuseAll(rows: readonly ChannelRow[]): Changes {
  return readChanges(rows, new Set())
}

/** Compares the boxes that were ticked (`email.ad_day`, `personal`) with what the page had shown. */
export function readChanges(rows: readonly ChannelRow[], ticked: ReadonlySet<string>): Changes {
  const refused: Choice[] = []
  const wanted: Choice[] = []
  const compare = (choice: Choice, is: boolean, asked: boolean) => {
    if (is && !asked) refused.push(choice)
    if (!is && asked) wanted.push(choice)
  }
  for (const row of rows) {
    const { channel } = row
    const day = ticked.has(`${channel}.ad_day`)
    compare({ channel, scope: 'ad_day' }, row.adDay, day)
    // Without the day there is no night; refusing the day has refused it.
    const night = day && ticked.has(`${channel}.ad_night`)
    if (hasNight(channel) && (row.adDay === day || night))
      compare({ channel, scope: 'ad_night' }, row.adNight, night)
  }
  const personal = ticked.has('personal')
  for (const { channel, personalDataMarketing } of rows)
    compare({ channel, scope: 'personal_data_marketing' }, personalDataMarketing, personal)
  return { refused, wanted }
}
