import { inLanguage, type Language, words } from '../app/language.ts'

const text = words({
  'shop.changed': { ko: '상점 정보를 바꿨어요', en: 'Changed the shop' },
  'identity_secret.viewed': {
    ko: '회원 서명의 비밀 값을 봤어요',
    en: 'Looked at the secret that signs members',
  },
  'text.changed': { ko: '문자 계정을 바꿨어요', en: 'Changed the account for texts' },
  'text.checked': { ko: '문자 계정의 연결을 확인했어요', en: 'Checked the account for texts' },
  'text.picture-uploaded': { ko: '문자 그림을 올렸어요', en: 'Uploaded a picture for texts' },
  'text.removed': { ko: '문자 계정의 연결을 끊었어요', en: 'Removed the account for texts' },
  'kakao.changed': { ko: '카카오 발송 계정을 바꿨어요', en: 'Changed the account for Kakao' },
  'kakao.removed': {
    ko: '카카오 발송 계정의 연결을 끊었어요',
    en: 'Removed the account for Kakao',
  },
  'kakao.templates-read': { ko: '알림톡 템플릿을 불러왔어요', en: 'Read the Alimtalk templates' },
  'kakao.picture-uploaded': { ko: '카카오 그림을 올렸어요', en: 'Uploaded a picture for Kakao' },
  'smtp.changed': { ko: '메일 서버를 바꿨어요', en: 'Changed the mail server' },
  'mail.changed': { ko: '메일 서비스를 바꿨어요', en: 'Changed the mail service' },
  'mail.removed': { ko: '메일 서비스 연결을 끊었어요', en: 'Removed the mail service' },
  'mail.topic_confirmed': {
    ko: 'SES의 알림을 받기 시작했어요',
    en: 'Began to take the reports of SES',
  },
  'mailbox.changed': { ko: '되돌아온 메일함을 바꿨어요', en: 'Changed the mailbox that is read' },
  'mailbox.removed': { ko: '되돌아온 메일함을 그만 읽어요', en: 'Stopped reading the mailbox' },
  'brand.changed': { ko: '브랜드를 바꿨어요', en: 'Changed the brand' },
  'image.uploaded': { ko: '그림을 올렸어요', en: 'Uploaded a picture' },
  'image.changed': { ko: '그림의 설명이나 초점을 바꿨어요', en: 'Changed a picture' },
  'image.deleted': { ko: '그림을 지웠어요', en: 'Deleted a picture' },
  'image.restored': { ko: '그림을 되살렸어요', en: 'Brought a picture back' },
  'tracking.changed': { ko: '메일에서 세는 것을 바꿨어요', en: 'Changed what is counted of mails' },
  'alarms.changed': { ko: '문제 알림을 받을 곳을 바꿨어요', en: 'Changed where alarms go' },
  'morning.changed': {
    ko: '아침 소식을 받을 곳을 바꿨어요',
    en: 'Changed where the morning message goes',
  },
  'backup.asked': { ko: '백업을 시작했어요', en: 'Asked for a backup' },
  'key.created': { ko: 'API 키를 만들었어요', en: 'Made an API key' },
  'key.revoked': { ko: 'API 키를 폐기했어요', en: 'Revoked an API key' },
  'member.invited': { ko: '팀에 초대했어요', en: 'Invited to the team' },
  'member.joined': { ko: '팀에 들어왔어요', en: 'Joined the team' },
  'member.changed': { ko: '팀원의 역할을 바꿨어요', en: 'Changed a member' },
  'member.signed_in': { ko: '로그인했어요', en: 'Signed in' },
  'customer.viewed': { ko: '고객을 열어 봤어요', en: 'Looked at a customer' },
  'segment.created': { ko: '세그먼트를 만들었어요', en: 'Made a segment' },
  'segment.changed': { ko: '세그먼트를 바꿨어요', en: 'Changed a segment' },
  'segment.archived': { ko: '세그먼트를 보관했어요', en: 'Archived a segment' },
  'sending.halted': { ko: '모든 발송을 멈췄어요', en: 'Stopped all sending' },
  'sending.resumed': { ko: '발송을 다시 시작했어요', en: 'Started sending again' },
  'campaign.run-continued': { ko: '대량 발송을 계속 보냈어요', en: 'Let a bulk send go on' },
  'campaign.run-cancelled': { ko: '대량 발송을 그만뒀어요', en: 'Gave a bulk send up' },
  'campaign.created': { ko: '캠페인 초안을 만들었어요', en: 'Made a campaign draft' },
  'campaign.changed': { ko: '캠페인을 고쳤어요', en: 'Edited a campaign' },
  'campaign.started': { ko: '캠페인을 켰어요', en: 'Switched a campaign on' },
  'campaign.published': { ko: '캠페인의 바뀐 내용을 반영했어요', en: 'Published a campaign' },
  'campaign.paused': { ko: '캠페인을 껐어요', en: 'Switched a campaign off' },
  'campaign.stopped': { ko: '캠페인을 끝냈어요', en: 'Ended a campaign' },
  'smtp.removed': { ko: '메일 서버 연결을 끊었어요', en: 'Removed the mail server' },
  'customer.contacts-viewed': { ko: '고객의 연락처를 봤어요', en: 'Saw a customer’s contacts' },
  'customer.edited': { ko: '고객의 특성을 바꿨어요', en: 'Edited a customer' },
  'customer.merged': { ko: '두 고객을 합쳤어요', en: 'Merged two customers' },
  'customer.marketing-stopped': {
    ko: '고객의 요구로 마케팅 이용을 멈췄어요',
    en: 'Stopped marketing to a customer who asked',
  },
  'customer.erased': { ko: '고객의 정보를 지웠어요', en: 'Erased a customer' },
  'customer.exported': {
    ko: '고객의 정보를 내려받았어요',
    en: 'Took a copy of what is kept of a customer',
  },
  'customer.data_requested': {
    ko: '고객이 쇼핑몰을 통해 자기 정보를 요청했어요',
    en: 'A customer asked for their data through the platform',
  },
  'push.switched-on': { ko: '웹 푸시를 켰어요', en: 'Switched web push on' },
  'push.switched-off': { ko: '웹 푸시를 껐어요', en: 'Switched web push off' },
  'webhook.secret-made': { ko: '웹훅의 비밀을 만들었어요', en: 'Made the secret of webhooks' },
  'consent-settings.changed': {
    ko: '수신동의 안내와 예외를 바꿨어요',
    en: 'Changed notices and exceptions of consent',
  },
  'files.brought': { ko: '쇼핑몰 파일을 가져왔어요', en: 'Brought a file of the shop' },
  'files.cancelled': { ko: '쇼핑몰 파일을 그만뒀어요', en: 'Called off a file of the shop' },
  'files.refused-lines-viewed': {
    ko: '쇼핑몰 파일에서 읽지 않은 줄을 봤어요',
    en: 'Looked at the lines left out of a file',
  },
  'consents.import-cancelled': {
    ko: '수신동의 파일을 그만뒀어요',
    en: 'Called a file of consents off',
  },
  'consents.imported': {
    ko: '수신동의나 수신거부 파일을 적용했어요',
    en: 'Applied a file of consents or refusals',
  },
  'consents.refused-lines-viewed': {
    ko: '가져온 파일에서 읽지 못한 줄을 내려받았어요',
    en: 'Downloaded the lines of a file that were not read',
  },
  'first-send.attested': {
    ko: '첫 발송 전에 가져올 것이 없다고 확인했어요',
    en: 'Confirmed that there is nothing to bring before the first message',
  },
  'wording.kept': { ko: '동의 문구를 적어 두었어요', en: 'Kept a wording of consent' },
  'wording.retired': { ko: '동의 문구를 그만 써요', en: 'Retired a wording of consent' },
  'sending.changed': { ko: '발송 한도와 예산을 바꿨어요', en: 'Changed limits and budget' },
  'links.changed': { ko: '링크 설정을 바꿨어요', en: 'Changed the links' },
  'list.created': { ko: '목록을 만들었어요', en: 'Made a list' },
  'list.changed': { ko: '목록을 바꿨어요', en: 'Changed a list' },
  'list.deleted': { ko: '목록을 지웠어요', en: 'Deleted a list' },
  'list.upload-cancelled': { ko: '명단 파일을 그만뒀어요', en: 'Called a file off' },
  'list.refused-lines-viewed': {
    ko: '명단 파일에서 쓰지 못한 줄을 봤어요',
    en: 'Looked at the unused lines of a file',
  },
  'list.members-changed': { ko: '목록에 든 고객을 바꿨어요', en: 'Changed who is on a list' },
  'segment.deleted': { ko: '세그먼트를 지웠어요', en: 'Deleted a segment' },
  'segment.exported': { ko: '세그먼트의 고객을 내려받았어요', en: 'Exported a segment' },
  'webhook.created': { ko: '웹훅을 만들었어요', en: 'Made a webhook' },
  'webhook.removed': { ko: '웹훅을 지웠어요', en: 'Removed a webhook' },
  'file.planned': { ko: '정기 파일을 만들었어요', en: 'Planned a standing file' },
  'file.removed': { ko: '정기 파일을 지웠어요', en: 'Removed a standing file' },
  'file.paused': { ko: '정기 파일을 멈췄어요', en: 'Paused a standing file' },
  'file.resumed': { ko: '정기 파일을 다시 켰어요', en: 'Resumed a standing file' },
  'file.written': { ko: '정기 파일을 썼어요', en: 'Wrote a standing file' },
  'webhook.resumed': { ko: '멈춘 웹훅을 다시 켰어요', en: 'Resumed a webhook' },
  'coupon.created': { ko: '쿠폰을 만들었어요', en: 'Made a coupon' },
  'coupon.changed': { ko: '쿠폰을 바꿨어요', en: 'Changed a coupon' },
  'coupon.codes-added': { ko: '쿠폰 코드를 더했어요', en: 'Added codes to a coupon' },
  'coupon.exported': {
    ko: '쿠폰을 받은 고객을 파일로 받았어요',
    en: 'Took those who got a coupon as a file',
  },
  'runs.changed': {
    ko: '한꺼번에 보내는 캠페인의 설정을 바꿨어요',
    en: 'Changed the settings of runs',
  },
  'consent.recorded': { ko: '수신동의를 기록했어요', en: 'Recorded a consent' },
  'inbox.viewed': { ko: '테스트 수신함의 메일을 봤어요', en: 'Read a mail of the test inbox' },
  'message.test-sent': { ko: '시험 발송을 했어요', en: 'Sent a test' },
  'own-people.address-added': { ko: '직원 주소를 더했어요', en: 'Listed an address of staff' },
  'own-people.address-removed': { ko: '직원 주소를 지웠어요', en: 'Removed an address of staff' },
  'own-people.office-added': { ko: '사무실 IP를 더했어요', en: 'Named an office network' },
  'own-people.office-removed': { ko: '사무실 IP를 지웠어요', en: 'Removed an office network' },
  'own-people.bots-switched': {
    ko: '봇 방문을 세는 방법을 바꿨어요',
    en: 'Changed whether bots count',
  },
  'customer.marked': {
    ko: '고객의 내부 직원 표시를 바꿨어요',
    en: 'Changed whether a customer is staff',
  },
  'test-group.created': { ko: '테스트 그룹을 만들었어요', en: 'Made a test group' },
  'test-group.removed': { ko: '테스트 그룹을 지웠어요', en: 'Removed a test group' },
  'test-group.person-added': { ko: '테스트 그룹에 사람을 더했어요', en: 'Added to a test group' },
  'test-group.person-removed': {
    ko: '테스트 그룹에서 사람을 뺐어요',
    en: 'Took out of a test group',
  },
  'message.resent': { ko: '메시지를 다시 보냈어요', en: 'Sent a message again' },
  'seasons.changed': { ko: '시즌 일정을 바꿨어요', en: 'Changed the seasons' },
  'line.retried': { ko: '밀린 처리를 다시 시도했어요', en: 'Retried what was set aside' },
  'message.settled': {
    ko: '미발송 확인 필요 메시지를 정리했어요',
    en: 'Settled an unknown message',
  },
})

/** An act of the audit log in words; one we do not know is shown as it is. */
export function actSentence(act: string, language: Language): string {
  const said = inLanguage(text, language)
  return act in said ? said[act as keyof typeof said] : act
}

const kinds = words({
  customer: { ko: (id: string) => `고객 ${id}`, en: (id: string) => `Customer ${id}` },
  campaign: { ko: (id: string) => `캠페인 ${id}`, en: (id: string) => `Campaign ${id}` },
  segment: { ko: (id: string) => `세그먼트 ${id}`, en: (id: string) => `Segment ${id}` },
  list: { ko: (id: string) => `목록 ${id}`, en: (id: string) => `List ${id}` },
  coupon: { ko: (id: string) => `쿠폰 ${id}`, en: (id: string) => `Coupon ${id}` },
  message: { ko: (id: string) => `메시지 ${id}`, en: (id: string) => `Message ${id}` },
  inbox: { ko: (id: string) => `테스트 수신함 ${id}`, en: (id: string) => `Test inbox ${id}` },
  member: { ko: (id: string) => `팀원 ${id}`, en: (id: string) => `Member ${id}` },
  key: { ko: (id: string) => `API 키 ${id}`, en: (id: string) => `API key ${id}` },
  wording: { ko: (id: string) => `동의 문구 ${id}`, en: (id: string) => `Wording ${id}` },
  phone: { ko: (id: string) => `전화번호 ${id}`, en: (id: string) => `Phone ${id}` },
  failure: { ko: (id: string) => `밀린 처리 ${id}`, en: (id: string) => `Set aside ${id}` },
  'consent-import': { ko: (id: string) => `파일 ${id}`, en: (id: string) => `File ${id}` },
  shop: { ko: () => '상점', en: () => 'The shop' },
})

/** What an act was done to (`customer:2`) in words; a kind we do not know is shown as it is. */
export function objectName(object: string, language: Language): string {
  const [kind = '', ...id] = object.split(':')
  const said = inLanguage(kinds, language)
  return kind in said ? said[kind as keyof typeof said](id.join(':')) : object
}
