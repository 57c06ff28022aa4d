import { kakaoSettings } from '../../channels/kakao/settings.ts'
import { dayMs } from '../../lib/duration.ts'
import { localTime } from '../../lib/zone.ts'
import { optOutNumberOf } from '../../messages/sms/opt-out-number.ts'
import type { Shop } from '../../shops/shop.ts'
import { dayText } from '../day.ts'
import { seasonSettings } from '../season-settings.ts'
import type { Today } from './answers.ts'
import type { Made } from './playbook.ts'

/** The channels beside e-mail on which a shop's advertisements can go. */
export function channelsOf({ settings }: Pick<Shop, 'settings'>): Made['channels'] {
  return {
    // Without a free number to refuse by no advertisement goes by text message.
    sms: optOutNumberOf(settings) !== '',
    kakao: kakaoSettings(settings.kakao)?.profile || null,
  }
}

/** The day of the shop's clocks at a time (UTC ms), and its calendar. */
export function todayOf(
  { timeZone, settings }: Pick<Shop, 'timeZone' | 'settings'>,
  now: number,
): Today {
  const today = dayText(Math.floor(localTime(now, timeZone) / dayMs))
  return { today, seasons: seasonSettings(settings.seasons) }
}
