/**
 * Every reason a decision can have, and the line the dashboard shows for it ("why"). The order follows the one door.
 * `outcome` is the word of the decisions table.
 */
export const decisionReasons = {
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
  ),
  opted_out: say(
    'refused',
    '수신을 거부해서 광고를 보내지 않았어요.',
    'Not sent: this person opted out of advertising.',
  ),
  suppressed: say(
    'refused',
    '상점에서 이 연락처로 보내지 않도록 막아 두었어요.',
    'Not sent: the shop blocked this address.',
  ),
  no_consent: say(
    'refused',
    '이 채널의 광고 수신에 동의하지 않아서 보내지 않았어요.',
    'Not sent: no consent to advertising on this channel.',
  ),
  no_personal_data_consent: say(
    'refused',
    '개인정보의 마케팅 이용에 동의하지 않아서 보내지 않았어요.',
    'Not sent: no consent to the use of personal data for marketing.',
  ),
  night: say(
    'held',
    '밤 9시부터 아침 8시까지는 야간 수신 동의가 있어야 해서 아침까지 기다려요.',
    'Held until morning: no consent to messages between 21:00 and 08:00.',
  ),
  not_yet: say('held', '캠페인이 정한 시각까지 기다려요.', 'Held until the time the campaign set.'),
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
    '쿠폰이 모두 나가서 보내지 않았어요.',
    'Not sent: no coupon was left.',
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
  ),
  held_out: say(
    'would_send',
    '효과를 재려고 일부러 보내지 않은 대조군이에요. 보냈다면 이때 보냈을 거예요.',
    'Held out on purpose to measure the effect; it would have been sent now.',
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
    '보낼 때를 하루 넘게 놓쳐서 보내지 않았어요.',
    'Not sent: it was more than a day late.',
  ),
  erased: say(
    'refused',
    '고객 정보가 삭제되어 보내지 않았어요.',
    "Not sent: the customer's data was erased.",
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
  ),
  sender_unregistered: say(
    'failed',
    '등록되지 않은 발신번호라서 통신사가 받지 않았어요. 설정에서 발신번호를 골라 주세요.',
    'Refused: the sender number is not registered. Choose one in the settings.',
  ),
  outside_window: say(
    'failed',
    '이 채널이 받지 않는 시각이라서 보내지 못했어요.',
    'Not sent: the channel takes no such messages at this hour.',
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
  settled_sent: say(
    'sent',
    '담당자가 나간 것으로 확인했어요.',
    'A member confirmed that it went out.',
  ),
  settled_not_sent: say(
    'failed',
    '담당자가 나가지 않은 것으로 확인했어요.',
    'A member confirmed that it did not go out.',
  ),
} as const satisfies Record<string, ReasonText>

export type ReasonText = {
  readonly outcome: 'sent' | 'held' | 'refused' | 'would_send' | 'queued' | 'unconfirmed' | 'failed'
  readonly ko: string
  readonly en: string
}

export type DecisionReason = keyof typeof decisionReasons

function say(outcome: ReasonText['outcome'], ko: string, en: string): ReasonText {
  return { outcome, ko, en }
}

/** The line for a stored reason; a reason this version does not know is shown as it is. */
export function reasonLine(reason: string): { readonly ko: string; readonly en: string } {
  const known: Readonly<Record<string, ReasonText>> = decisionReasons
  const text = Object.hasOwn(known, reason) ? known[reason] : undefined
  return text ? { ko: text.ko, en: text.en } : { ko: reason, en: reason }
}
