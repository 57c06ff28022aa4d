import { law } from './law.ts'
import { platformReasons } from './platform-reasons.ts'
import { type ReasonText, say } from './reason-text.ts'

/** Every reason a decision can have, in the order of the one door, and the line the dashboard shows for it ("why"). `outcome` is the word of the decisions table. */
export const decisionReasons = {
  first_send_locked: say(
    'refused',
    '수신거부 목록을 옮기는 첫 발송 준비가 끝나지 않아서 보내지 않았어요.',
    'Not sent: the refusals and consents of before are not brought over yet.',
    law.firstSend,
  ),
  no_contact: say(
    'refused',
    '이 채널로 닿을 연락처가 없어서 보내지 않았어요.',
    'Not sent: there is no address for this channel.',
  ),
  channel_off: say(
    'refused',
    '이 채널을 아직 연결하지 않아서 보내지 않았어요.',
    'Not sent: this channel is not set up yet.',
  ),
  hard_bounced: say(
    'refused',
    '없는 주소로 되돌아온 적이 있어서 더 보내지 않아요.',
    'Not sent: the address bounced for good before.',
  ),
  complained: say(
    'refused',
    '스팸으로 신고한 적이 있어서 더 보내지 않아요.',
    'Not sent: this person marked a mail as spam.',
    law.refusal,
  ),
  opted_out: say(
    'refused',
    '수신을 거부해서 광고를 보내지 않았어요.',
    'Not sent: this person opted out of advertising.',
    law.refusal,
  ),
  suppressed: say(
    'refused',
    '상점에서 이 연락처로 보내지 않도록 막아 두었어요.',
    'Not sent: the shop blocked this address.',
  ),
  under_14: say(
    'refused',
    '만 14세 미만이라서 광고를 보내지 않았어요.',
    'Not sent: this person is under 14.',
    law.under14,
  ),
  no_consent: say(
    'refused',
    '이 채널의 광고 수신에 동의하지 않아서 보내지 않았어요.',
    'Not sent: no consent to advertising on this channel.',
    law.consent,
  ),
  no_personal_data_consent: say(
    'refused',
    '개인정보의 마케팅 이용에 동의하지 않아서 보내지 않았어요.',
    'Not sent: no consent to the use of personal data for marketing.',
    law.personalData,
  ),
  night: say(
    'held',
    '밤 9시부터 아침 8시까지는 야간 수신동의가 있어야 해서 아침까지 기다려요.',
    'Held until morning: no consent to messages between 21:00 and 08:00.',
    law.night,
  ),
  channel_hours: say(
    'held',
    '카카오가 밤 8시 50분부터 아침 8시까지는 브랜드 메시지를 받지 않아서 아침까지 기다려요.',
    'Held until morning: Kakao takes no Brand Messages between 20:50 and 08:00.',
    law.kakaoHours,
  ),
  quiet_hours: say(
    'held',
    '캠페인이 보내기로 한 시간대가 아니라서 그 시간까지 기다려요.',
    'Held until the hours in which the campaign sends.',
  ),
  night_dropped: say(
    'refused',
    '밤이라 보낼 수 없는 시각이고, 아침까지 미루지 않기로 한 메시지라서 보내지 않았어요.',
    'Not sent: it was night, and the message is not to be held until morning.',
    law.night,
  ),
  hours_at_night: say(
    'refused',
    '보내는 시간대가 광고를 보낼 수 없는 밤에만 있어서 보내지 않았어요. 캠페인의 시간대를 낮으로 옮겨 주세요.',
    'Not sent: the hours of the campaign lie wholly in the night, when this advertisement is forbidden.',
    law.night,
  ),
  not_yet: say('held', '보내기로 정한 시각까지 기다려요.', 'Held until the time it is meant for.'),
  frequency_day: say(
    'refused',
    '하루에 받을 수 있는 광고 수를 이미 채워서 보내지 않았어요.',
    'Not sent: the daily limit of advertising was reached.',
  ),
  frequency_week: say(
    'refused',
    '7일 동안 받을 수 있는 광고 수를 이미 채워서 보내지 않았어요.',
    'Not sent: the weekly limit of advertising was reached.',
  ),
  budget_spent: say(
    'refused',
    '이번 달 발송 예산이 모자라서 보내지 않았어요.',
    'Not sent: what is left of this month’s budget is not enough.',
  ),
  outweighed: say(
    'refused',
    '더 중요한 캠페인의 메시지가 하루 안에 있어서 양보했어요.',
    'Not sent: a weightier campaign has this person for 24 hours.',
  ),
  not_sellable: say(
    'refused',
    '알리려던 상품을 더는 팔지 않아서 보내지 않았어요.',
    'Not sent: the products are no longer for sale.',
  ),
  out_of_stock: say(
    'refused',
    '알리려던 상품이 모두 품절이라서 보내지 않았어요.',
    'Not sent: the products are out of stock.',
  ),
  coupon_gone: say(
    'refused',
    '쿠폰이 모두 나갔거나 끝나서 보내지 않았어요.',
    'Not sent: the coupon has run out or ended.',
  ),
  ...platformReasons,
  coupon_had: say(
    'refused',
    '이 고객은 이 쿠폰을 받을 만큼 받아서 보내지 않았어요.',
    'Not sent: this person has had as many of this coupon as one person gets.',
  ),
  coupon_not_first: say(
    'refused',
    '첫 주문에만 쓰는 쿠폰인데 이 고객은 이미 주문해서 보내지 않았어요.',
    'Not sent: the coupon is for a first order and this person has ordered.',
  ),
  too_few_recommendations: say(
    'refused',
    '이 고객에게 보여 줄 추천 상품이 모자라서 보내지 않았어요.',
    'Not sent: there were too few products to recommend to this person.',
  ),
  content_missing: say(
    'refused',
    '발행한 메시지를 찾지 못해서 보내지 않았어요. 캠페인을 다시 발행해 주세요.',
    'Not sent: the published content is missing. Publish the campaign again.',
  ),
  render_failed: say(
    'refused',
    '이 고객의 값으로 메시지를 만들지 못해서 보내지 않았어요.',
    "Not sent: the message could not be drawn with this person's values.",
  ),
  sender_incomplete: say(
    'refused',
    '발신자 정보가 비어 있어서 광고를 보내지 않았어요. 설정에서 채워 주세요.',
    "Not sent: the sender's details are incomplete; advertising needs them all.",
    law.sender,
  ),
  held_out: say(
    'would_send',
    '효과를 재려고 일부러 보내지 않은 대조군이에요. 보냈다면 이때 보냈을 거예요.',
    'Held out on purpose to measure the effect; it would have been sent now.',
  ),
  shop_held_out: say(
    'would_send',
    '모든 캠페인을 합친 효과를 재려고 광고를 보내지 않는 고객이에요. 보냈다면 이때 보냈을 거예요.',
    'Gets no advertising from any campaign, to measure the effect of all together; it would have been sent now.',
  ),
  queued: say('queued', '보낼 차례를 기다리고 있어요.', 'Waiting for its turn to be sent.'),
  goal_reached: say(
    'refused',
    '그사이 목표를 이뤄서 (예: 주문) 보내지 않았어요.',
    'Not sent: the goal was reached in the meantime.',
  ),
  campaign_stopped: say(
    'refused',
    '그사이 캠페인을 꺼서 보내지 않았어요.',
    'Not sent: the campaign was switched off in the meantime.',
  ),
  condition_no_longer: say(
    'refused',
    '그사이 조건에 맞지 않게 되어서 (예: 장바구니가 비었음) 보내지 않았어요.',
    'Not sent: the condition no longer held (an empty cart, for example).',
  ),
  too_late: say(
    'refused',
    '보낼 때를 너무 오래 놓쳐서 보내지 않았어요. 광고는 하루, 안내는 7일까지만 기다려요.',
    'Not sent: it was too late. Advertising waits a day at most, notices a week.',
  ),
  too_old: say(
    'refused',
    '보내기로 한 지 2주가 넘어서 보내지 않았어요. 멈췄거나 천천히 보내는 동안 상황이 달라졌을 수 있어요.',
    'Not sent: it was decided more than two weeks ago, and much may have changed while it was paused or sent slowly.',
  ),
  erased: say(
    'refused',
    '고객 정보가 삭제되어 보내지 않았어요.',
    "Not sent: the customer's data was erased.",
    law.erasure,
  ),
  sent: say('sent', '보냈어요.', 'Sent.'),
  provider_refused: say(
    'failed',
    '받는 쪽 서버가 거절했어요.',
    "The recipient's server refused it.",
  ),
  opted_out_at_provider: say(
    'failed',
    '080 번호로 수신을 거부한 번호라서 통신사가 받지 않았어요. 이 번호로는 광고를 더 보내지 않아요.',
    'Refused by the carrier: this number opted out by 080. No more advertising goes there.',
    law.refusal,
  ),
  not_on_kakao: say(
    'failed',
    '카카오톡을 쓰지 않거나 채널 친구가 아니어서 닿지 않았어요.',
    'Not delivered: no KakaoTalk there, or not a friend of the channel.',
  ),
  template_mismatch: say(
    'failed',
    '승인된 템플릿과 글자가 달라서 카카오가 받지 않았어요.',
    'Refused by Kakao: the text differs from the approved template.',
    law.alimtalk,
  ),
  sender_unregistered: say(
    'failed',
    '등록되지 않은 발신번호라서 통신사가 받지 않았어요. 설정에서 발신번호를 골라 주세요.',
    'Refused: the sender number is not registered. Choose one in the settings.',
    law.senderNumber,
  ),
  outside_window: say(
    'failed',
    '이 채널이 받지 않는 시각이라서 보내지 못했어요.',
    'Not sent: the channel takes no such messages at this hour.',
    law.kakaoHours,
  ),
  spam_filtered: say(
    'failed',
    '통신사의 스팸 차단에 걸렸어요.',
    "Stopped by the carrier's spam filter.",
  ),
  unreachable: say(
    'failed',
    '전화기가 꺼져 있거나 신호가 없어서 닿지 않았어요.',
    'Not delivered: the phone could not be reached.',
  ),
  no_balance: say(
    'queued',
    '발송 계정의 잔액이 없어서 기다리고 있어요. 충전하면 조건을 다시 보고 보내요.',
    'Waiting: the account has no balance left. It is decided anew once there is.',
  ),
  provider_paused: say(
    'queued',
    '발송 서버가 계속 응답하지 않아서 잠시 멈추고 기다려요. 다시 되면 이어서 보내요.',
    'Waiting: the provider keeps failing, so the channel rests until it works again.',
  ),
  paused: say(
    'queued',
    '캠페인이 꺼져 있어서 기다리고 있어요.',
    'Waiting: the campaign is switched off.',
  ),
  paced: say(
    'queued',
    '캠페인이 한 시간에 보내는 수를 넘지 않도록 차례를 기다려요.',
    'Waiting for its turn: the campaign sends only so many in an hour.',
  ),
  halted: say(
    'queued',
    '모든 발송을 멈춰서 기다리고 있어요. 다시 시작하면 조건을 다시 보고 보내요.',
    'Waiting: all sending is stopped. It is decided anew when sending starts again.',
  ),
  delivered: say('sent', '도착했어요.', 'Delivered.'),
  delivery_unknown: say(
    'sent',
    '보냈지만 도착했는지 3일 동안 알려 오지 않았어요.',
    'Sent; whether it arrived was not told within 3 days.',
  ),
  no_visit: say('failed', '7일 안에 다시 오지 않았어요.', 'No visit within 7 days.'),
  provider_unavailable: say(
    'failed',
    '여러 번 시도했지만 발송 서버가 받지 못했어요.',
    'The provider did not take it after several attempts.',
  ),
  unconfirmed: say(
    'unconfirmed',
    '보내는 중에 연결이 끊겨 나갔는지 알 수 없어요. 두 번 보내지 않으려고 멈췄어요.',
    'The connection broke while sending: it may or may not have gone out, so it is not sent again by itself.',
  ),
  settled_sent: say('sent', '담당자가 나갔다고 확인했어요.', 'A member says it went out.'),
  settled_not_sent: say(
    'failed',
    '담당자가 나가지 않은 것으로 확인했어요.',
    'A member confirmed that it did not go out.',
  ),
} as const satisfies Record<string, ReasonText>

export type DecisionReason = keyof typeof decisionReasons
