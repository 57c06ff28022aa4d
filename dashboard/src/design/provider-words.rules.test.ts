import { expect, test } from 'vitest'
import { problemSentence } from './problem-words.ts'
import { isOfProvider, providerSentence } from './provider-words.ts'

test.each([
  [
    'NHN Cloud: fetch failed: connect ECONNREFUSED 127.0.0.1:1',
    'NHN Cloud: 상대 서버에 닿지 않았어요. 잠시 뒤 다시 확인해 주세요.',
  ],
  [
    'Aligo: fetch failed: getaddrinfo ENOTFOUND apis.aligo.in',
    '알리고: 그런 서버를 찾지 못했어요. 주소와 이 서버의 인터넷 연결을 확인해 주세요.',
  ],
  [
    'Solapi: no answer in time',
    '솔라피: 상대 서버가 시간 안에 답하지 않았어요. 잠시 뒤 다시 확인해 주세요.',
  ],
  [
    'NHN Cloud: answered 502 with something unreadable',
    'NHN Cloud: 상대 서버가 알아들을 수 없는 답(502)을 했어요.',
  ],
  [
    'NHN Cloud: -1000 Invalid Appkey',
    'NHN Cloud: 앱키, 비밀 키, 허용한 IP 가운데 하나가 맞지 않아요. (-1000 Invalid Appkey)',
  ],
  [
    'Aligo: -101 인증오류입니다.',
    '알리고: 아이디, API Key, 등록한 IP 가운데 하나가 맞지 않아요. (-101 인증오류입니다.)',
  ],
  [
    'Solapi: SignatureDoesNotMatch 인증에 실패했습니다.',
    '솔라피: API Key나 API Secret이 맞지 않아요. (SignatureDoesNotMatch 인증에 실패했습니다.)',
  ],
  ['Solapi: InvalidAPIKey no', '솔라피: API Key나 API Secret이 맞지 않아요. (InvalidAPIKey no)'],
  ['Solapi: NotEnoughBalance 잔액이 없습니다.', '솔라피: NotEnoughBalance 잔액이 없습니다.'],
  [
    'Aligo does not send from 0212345678: 등록되지 않은 발신번호입니다.',
    '이 번호로는 알리고가 보내지 않아요. (등록되지 않은 발신번호입니다.)',
  ],
  [
    'Failed to receive greeting from server in required time. Maybe should use TLS?',
    '상대 서버가 말을 시작하지 않았어요. 포트와 암호화 설정이 서로 맞는지 확인해 주세요.',
  ],
  [
    'self-signed certificate',
    '상대 서버의 보안 인증서를 믿을 수 없어요. 주소가 맞는지 확인해 주세요.',
  ],
  [
    'The name nobody.invalid cannot be found.',
    '그런 서버를 찾지 못했어요. 주소와 이 서버의 인터넷 연결을 확인해 주세요.',
  ],
  [
    '120 of 50000 mails sent in 24 hours, 14 a second.',
    '24시간에 50,000통까지 보낼 수 있고 120통을 보냈어요. 1초에 14통까지 나가요.',
  ],
  [
    '3 of 200 mails sent in 24 hours, 1 a second. The account is still in the sandbox: only verified addresses get mail.',
    '24시간에 200통까지 보낼 수 있고 3통을 보냈어요. 1초에 1통까지 나가요. 아직 샌드박스라서 AWS에 인증한 주소에만 도착해요. AWS 콘솔에서 프로덕션 액세스를 신청해 주세요.',
  ],
  [
    'AccessDeniedException: not authorized to perform ses:GetAccount',
    '보낼 수만 있는 키라서 남은 한도는 볼 수 없어요.',
  ],
  ['535 5.7.8 Authentication failed', '아이디나 비밀번호가 맞지 않아요.'],
  ['Unexpected close', '상대 서버에 닿지 않았어요. 잠시 뒤 다시 확인해 주세요.'],
  ['452 4.2.2 Mailbox full', '상대 서버의 답: 452 4.2.2 Mailbox full'],
])('what a provider says or does not say is told in Korean: %s', (detail, ko) => {
  expect(providerSentence(detail, 'ko')).toBe(ko)
  expect(providerSentence(detail, 'en')).not.toMatch(/fetch failed|E[A-Z]{5,}/)
})

test('a change that a provider did not allow is told the same way', () => {
  const problem = {
    status: 409,
    code: 'conflict',
    title: '',
    detail: 'Aligo: fetch failed',
    field: undefined,
  }
  expect(problemSentence(problem, 'ko')).toBe(
    '알리고: 상대 서버에 닿지 않았어요. 잠시 뒤 다시 확인해 주세요.',
  )
  expect(isOfProvider('It changed elsewhere')).toBe(false)
})

test('what may not be called is said in the language of the page', () => {
  const said = (detail: string, language: 'ko' | 'en') =>
    problemSentence({ code: 'invalid', status: 400, title: '', detail, field: undefined }, language)
  expect(said('10.0.0.5 is not an address of the public internet.', 'ko')).toMatch(/^인터넷에서/)
  expect(said('The name hooks.shop.example cannot be found.', 'ko')).toMatch(/^이 이름의 서버/)
  expect(said('The address must begin with https://.', 'ko')).toMatch(/https:\/\/로 시작해야/)
  expect(said('10.0.0.5 is not an address of the public internet.', 'en')).toMatch(/^Only/)
})
