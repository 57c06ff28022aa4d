import type { RowFault } from './row.ts'

/** Why a line of a file did nothing, as whoever brought it reads it. */
export const faultWords: Readonly<Record<RowFault, { readonly ko: string; readonly en: string }>> =
  {
    no_person: { ko: '누구인지 적혀 있지 않아요', en: 'It names nobody' },
    unreadable_address: { ko: '주소나 번호를 읽을 수 없어요', en: 'The address cannot be read' },
    safe_number: {
      ko: '050 안심번호로는 누구인지 알 수 없고 문자도 보내지 않아요. 휴대폰 번호나 아이디를 적어 주세요',
      en: 'A 050 relay number names nobody and is never written to; give a mobile number or the member id',
    },
    no_channel: { ko: '채널이 없어요', en: 'No channel' },
    unknown_channel: { ko: '모르는 채널이에요', en: 'Unknown channel' },
    unclear_answer: { ko: '동의인지 거부인지 알 수 없어요', en: 'Neither a yes nor a no' },
    no_date: { ko: '동의한 날짜가 없어요', en: 'No date of the consent' },
    unreadable_date: { ko: '날짜를 읽을 수 없어요', en: 'The date cannot be read' },
    future_date: { ko: '아직 오지 않은 날짜예요', en: 'A date to come' },
    no_source: { ko: '어디에서 동의했는지 없어요', en: 'It does not say where' },
    not_found: { ko: '그런 고객이 없어요', en: 'There is no such customer' },
    several_people: {
      ko: '여러 고객이 쓰는 주소예요. 아이디를 적어 주세요',
      en: 'Several customers share it; name the member id',
    },
  }
