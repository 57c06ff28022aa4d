import type { FailureCause, Handover } from '../carrier.ts'

// NHN Cloud's tables "API 결과 코드" and "수신 결과 코드" (docs.nhncloud.com, Notification > SMS > 오류 코드).

// The key, the address allowed to call or the project is wrong: nothing was taken and the shop can mend it.
const mendable: ReadonlySet<number> = new Set([-1000, -1001, -1002, -1003, -1004, -1007, -1008])
const systemError = -9999
const notQueued = -2021

const refusalCauses: Readonly<Record<number, FailureCause>> = {
  [-2018]: 'no_address',
  [-2019]: 'no_address',
  [-2312]: 'sender_unregistered',
  [-2313]: 'sender_unregistered',
  [-6001]: 'opted_out',
}

/** A call or one of its people that NHN Cloud did not take. */
export function nhnRefusal(code: number, message: string): Handover {
  const detail = `${code} ${message}`.trim()
  if (mendable.has(code) || code === notQueued) return { kind: 'temporary', detail }
  // "Unexpected": whether the message had been queued is not said.
  if (code === systemError) return { kind: 'ambiguous', detail }
  return { kind: 'permanent', cause: refusalCauses[code] ?? 'other', detail }
}

const reportCauses: Readonly<Record<string, FailureCause>> = {
  '1002': 'no_address',
  '3001': 'no_address',
  '3003': 'no_address',
  '1003': 'sender_unregistered',
  '3017': 'sender_unregistered',
  '3018': 'sender_unregistered',
  '3019': 'sender_unregistered',
  '3012': 'spam_filtered',
  E919: 'outside_window',
  '1019': 'unreachable',
  '2000': 'unreachable',
  '2001': 'unreachable',
  '2002': 'unreachable',
  '2003': 'unreachable',
  '2004': 'unreachable',
  '2005': 'unreachable',
  '2007': 'unreachable',
  '3004': 'unreachable',
  '3005': 'unreachable',
}

/** Why a carrier did not deliver, as far as we act on it. */
export function nhnCause(resultCode: string): FailureCause {
  return reportCauses[resultCode] ?? 'other'
}

/**
 * What `msgStatus` says: 0 failed, 1 asked, 2 under way, 3 delivered, 4 cancelled, 5 failed as a duplicate, 6 failed
 * (advertising at night), 7 waiting to be sent again.
 */
export function nhnVerdict(msgStatus: string): 'waiting' | 'delivered' | 'failed' | undefined {
  switch (msgStatus) {
    case '1':
    case '2':
    case '7':
      return 'waiting'
    case '3':
      return 'delivered'
    case '0':
    case '4':
    case '5':
    case '6':
      return 'failed'
    default:
      return undefined
  }
}

/**
 * What `messageStatus` of the webhook says: RESERVED, SENDING, RESEND_AD (waits for the morning), COMPLETED, FAILED, CANCEL,
 * DUPLICATED, FAILED_AD (advertising at night). COMPLETED is the carrier's last word: only the code 1000 is a delivery.
 */
export function nhnHookVerdict(
  status: string,
  resultCode: string,
): 'waiting' | 'delivered' | 'failed' | undefined {
  switch (status) {
    case 'RESERVED':
    case 'SENDING':
    case 'RESEND_AD':
      return 'waiting'
    case 'COMPLETED':
      return resultCode === '' || resultCode === '1000' ? 'delivered' : 'failed'
    case 'FAILED':
    case 'CANCEL':
    case 'DUPLICATED':
    case 'FAILED_AD':
      return 'failed'
    default:
      return undefined
  }
}
