type Language = 'ko' | 'en'
type Words = Readonly<Record<Language, string>>

const words: Readonly<Record<string, Words>> = {
  key: { ko: '구글이 키를 받아들이지 않았어요.', en: 'Google did not accept the key.' },
  not_shared: {
    ko: '시트가 서비스 계정에 공유되지 않았어요.',
    en: 'The sheet is not shared with the service account.',
  },
  no_sheet: { ko: '시트나 탭을 찾지 못했어요.', en: 'There is no such sheet or tab.' },
  later: { ko: '구글이 답하지 않았어요.', en: 'Google did not answer.' },
  google: { ko: '구글이 시트에 쓰지 못하게 했어요.', en: 'Google refused to write the sheet.' },
  answered: { ko: '서버가 파일을 받지 않았어요.', en: 'The server did not take the file.' },
  silent: { ko: '서버가 답하지 않았어요.', en: 'The server did not answer.' },
  no_secret: { ko: '웹훅 비밀이 없어요.', en: 'There is no webhook secret.' },
  too_many: { ko: '10만 명이 넘어요.', en: 'More than 100,000 people.' },
  no_segment: { ko: '세그먼트가 지워졌어요.', en: 'The segment was deleted.' },
  not_ready: {
    ko: '세그먼트에 누가 있는지 아직 다 세지 못했어요.',
    en: 'Who is in the segment is not settled yet.',
  },
  interrupted: { ko: '쓰던 중에 서버가 멈췄어요.', en: 'The server stopped while it was written.' },
  failed: { ko: '쓰지 못했어요.', en: 'It could not be written.' },
  no_mail: {
    ko: '메일 계정이 없어 보내지 않았어요. 설정 → 메일 발송에서 연결해 주세요.',
    en: 'Not sent: there is no mail account. Connect one in Settings → Sending mail.',
  },
  mail: { ko: '메일을 보내지 못했어요.', en: 'The mail could not be sent.' },
}

/** Why a standing file was not written or told: a code, after a colon what the other side said. At most 300 characters. */
export function standingProblem(code: string, detail = ''): string {
  return (detail === '' ? code : `${code}:${detail}`).slice(0, 300)
}

/** The sentence of a `standingProblem`; what is none is a failure with these words. */
export function standingProblemWords(problem: string, language: Language): string {
  const at = problem.indexOf(':')
  const code = at < 0 ? problem : problem.slice(0, at)
  const known = words[code]
  const detail = known ? (at < 0 ? '' : problem.slice(at + 1)) : problem
  const sentence = (known ?? words.failed)?.[language] ?? ''
  return detail === '' ? sentence : `${sentence} (${detail})`
}
