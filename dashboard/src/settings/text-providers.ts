import type { TextProviderName } from '../api/text.ts'
import { words } from '../app/language.ts'

/** What the three houses are called, what their keys are called there, and what to do there, in order. */
export const providerWords = {
  solapi: words({
    name: { ko: '솔라피', en: 'Solapi' },
    about: {
      ko: '쿨SMS와 같은 회사예요. 문자와 카카오를 한 계정으로 보내고, 080 수신거부와 결과를 바로 가져와요.',
      en: 'The house of CoolSMS. Texts and Kakao from one account; 080 refusals and results come by themselves.',
    },
    account: { ko: 'API Key', en: 'API key' },
    secret: { ko: 'API Secret', en: 'API secret' },
    step1: {
      ko: 'solapi.com에 가입하고 충전해요. 문자는 충전한 돈에서 나가요.',
      en: 'Sign up at solapi.com and put money in; texts are paid from it.',
    },
    step2: {
      ko: '콘솔의 발신번호 관리에서 보낼 번호를 등록해요. 통신서비스 이용증명원(3개월 안에 뗀 것)이 필요해요.',
      en: 'Register your sender number in the console, with a certificate of telephone service at most 3 months old.',
    },
    step3: {
      ko: '080 수신거부 번호를 신청해요. 광고 문자에는 법으로 꼭 있어야 해요.',
      en: 'Apply for an 080 opt-out number: the law requires one in advertising texts.',
    },
    step4: {
      ko: 'API Key 관리에서 새 키를 만들고, API Key와 API Secret을 아래에 붙여 넣어요.',
      en: 'Make a new key under API keys and paste the key and its secret below.',
    },
  }),
  nhn: words({
    name: { ko: 'NHN Cloud', en: 'NHN Cloud' },
    about: {
      ko: '매달 쓴 만큼 청구되는 후불이에요. 광고 문자는 광고 전용 주소로 보내고, 문구를 한 번 더 확인해 줘요.',
      en: 'Billed each month afterwards. Advertising goes to an address of its own, where its wording is checked once more.',
    },
    account: { ko: '앱키(Appkey)', en: 'Appkey' },
    secret: { ko: '비밀 키(Secret Key)', en: 'Secret key' },
    step1: {
      ko: 'NHN Cloud 콘솔에서 프로젝트를 만들고 Notification의 SMS 상품을 켜요.',
      en: 'Make a project in the NHN Cloud console and switch on SMS under Notification.',
    },
    step2: {
      ko: '발신 번호 관리에서 보낼 번호를 등록해요. 통신서비스 이용증명원이 필요해요.',
      en: 'Register your sender number, with a certificate of telephone service.',
    },
    step3: {
      ko: '080 수신 거부 설정에서 번호를 신청하고, 그 번호를 아래에도 적어요.',
      en: 'Apply for a number under 080 opt-out settings and enter it below too.',
    },
    step4: {
      ko: 'SMS 화면 위쪽의 URL & Appkey에서 앱키와 비밀 키를 복사해 아래에 붙여 넣어요.',
      en: 'Copy Appkey and secret key from URL & Appkey on the SMS page and paste them below.',
    },
  }),
  aligo: words({
    name: { ko: '알리고', en: 'Aligo' },
    about: {
      ko: '단가가 낮은 편이에요. 080 거부 목록은 알리고 화면에서만 볼 수 있어서, 주기적으로 내려받아 여기에 올려야 해요.',
      en: 'Low prices. Its 080 list can only be seen in its own pages, so it must be downloaded and imported here regularly.',
    },
    account: { ko: '아이디', en: 'User id' },
    secret: { ko: 'API Key', en: 'API key' },
    step1: {
      ko: 'smartsms.aligo.in에 가입하고 충전해요.',
      en: 'Sign up at smartsms.aligo.in and put money in.',
    },
    step2: {
      ko: '발신번호 등록에서 보낼 번호를 등록해요. 통신서비스 이용증명원이 필요해요.',
      en: 'Register your sender number, with a certificate of telephone service.',
    },
    step3: {
      ko: '문자API 신청/인증에서 키를 받고, 이 서버의 IP 주소를 발송 서버로 등록해요.',
      en: 'Get a key under SMS API and register the IP address of this server there.',
    },
    step4: {
      ko: '아이디와 API Key를 아래에 붙여 넣어요. 해외 번호로는 보내지 못해요.',
      en: 'Paste user id and API key below. Numbers abroad are not sent to.',
    },
  }),
} as const satisfies Record<TextProviderName, object>

export const providerNames = [
  'solapi',
  'nhn',
  'aligo',
] as const satisfies readonly TextProviderName[]
