import { expect, test } from 'vitest'
import { returnedOf } from './returned.ts'
import { readReturned } from './returned-mail.driver.ts'

const crlf = (text: string) => Buffer.from(text.replace(/\r?\n/g, '\r\n'))

const report = (status: string, original = 'message/rfc822') =>
  crlf(`From: MAILER-DAEMON@mx.shop.example (Mail Delivery System)
To: hello@shop.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261122.bounce@mx.shop.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="B1"

--B1
Content-Type: text/plain; charset=us-ascii
Content-Description: Notification

I'm sorry to have to inform you that your message could not be delivered.

--B1
Content-Type: message/delivery-status
Content-Description: Delivery report

${status}

--B1
Content-Type: ${original}
Content-Description: Undelivered Message

Received: from danggol
From: "Onshop" <hello@shop.example>
To: <Kim@Customer.example>
Subject: =?UTF-8?B?7JWI64WV?=
Message-ID:
 <1.7.1.1790000000000.sig@shop.example>
MIME-Version: 1.0
Content-Type: text/plain

hello
--B1--
`)

const postfix = (
  statusCode: string,
  said: string,
  action = 'failed',
) => `Reporting-MTA: dns; mx.shop.example
X-Postfix-Queue-ID: 4XyZ
Arrival-Date: Sun, 22 Nov 2026 09:00:00 +0900 (KST)

Final-Recipient: rfc822; kim@customer.example
Original-Recipient: rfc822;Kim@customer.example
Action: ${action}
Status: ${statusCode}
Remote-MTA: dns; mx.customer.example
Diagnostic-Code: smtp; ${said}`

const known = {
  messageId: '1.7.1.1790000000000.sig@shop.example',
  recipient: 'kim@customer.example',
}

test('a mailbox that does not exist is told with the mail it was for', async () => {
  const raw = report(
    postfix(
      '5.1.1',
      '550 5.1.1 <kim@customer.example>: Recipient address\n    rejected: User unknown',
    ),
  )
  expect(await readReturned(raw)).toEqual([
    {
      ...known,
      cause: 'no_address',
      detail: '5.1.1 550 5.1.1 <kim@customer.example>: Recipient address rejected: User unknown',
    },
  ])
})

test('only the headers of the mail may come back', async () => {
  const raw = report(postfix('5.1.1', '550 5.1.1 unknown'), 'text/rfc822-headers')
  expect(await readReturned(raw)).toMatchObject([{ ...known, cause: 'no_address' }])
})

test('a full mailbox, a slow server and a spam filter are not a missing address', async () => {
  const cases = [
    ['5.2.2', '552 5.2.2 The email account is over quota', 'unreachable'],
    ['4.4.7', '421 4.4.7 Delivery time expired', 'unreachable'],
    ['5.7.1', '550 5.7.1 Message rejected as spam', 'spam_filtered'],
    ['5.1.8', '553 5.1.8 Sender address does not exist', 'unreachable'],
    ['5.0.0', '550 5.1.1 no such user', 'no_address'],
    ['5.1.10', '556 5.1.10 Domain accepts no mail', 'no_address'],
    ['5.2.1', '550 5.2.1 The email account is disabled', 'no_address'],
    ['5.0.0', '550 rejected', 'unreachable'],
  ] as const
  for (const [status, said, cause] of cases) {
    expect(await readReturned(report(postfix(status, said))), said).toMatchObject([
      { ...known, cause },
    ])
  }
})

test('a name without end that a stranger writes does not hold the server up', () => {
  const original = `Message-ID: <a${'>'.repeat(200_000)}x\n\nhello`
  expect(returnedOf({ original, status: postfix('5.1.1', '550 5.1.1 unknown') })).toEqual([])
})

test('a delay is not the end of a mail', async () => {
  expect(await readReturned(report(postfix('4.4.1', '421 try later', 'delayed')))).toEqual([])
})

test('Exchange and Gmail write the same report in their own way', async () => {
  const exchange = `Reporting-MTA: dns;AM0PR01.prod.exchangelabs.com

Original-Recipient: rfc822;kim@customer.example
Final-Recipient: rfc822;kim@customer.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup`
  expect(await readReturned(report(exchange))).toMatchObject([{ ...known, cause: 'no_address' }])
  const gmail = `Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; hello@shop.example

Final-Recipient: rfc822; kim@customer.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (2404:6800::1a, the server for the domain)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
Last-Attempt-Date: Sun, 22 Nov 2026 00:00:00 -0800 (PST)`
  expect(await readReturned(report(gmail))).toMatchObject([{ ...known, cause: 'no_address' }])
})

test('a complaint is told by a feedback report, even where it hides the address', async () => {
  const raw = crlf(`From: staff@hotmail.example
To: fbl@shop.example
Subject: complaint about message
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B2"

--B2
Content-Type: text/plain

This is an email abuse report.
--B2
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--B2
Content-Type: message/rfc822

From: hello@shop.example
Message-ID: <1.7.1.1790000000000.sig@shop.example>
Subject: x

y
--B2--
`)
  expect(await readReturned(raw)).toMatchObject([
    { messageId: known.messageId, recipient: '', cause: 'complaint' },
  ])
})

test('ordinary mail, answers of people and damaged reports say nothing', async () => {
  const status = postfix('5.1.1', '550 5.1.1 unknown')
  const answered = crlf(
    `From: kim@customer.example\nTo: hello@shop.example\nContent-Type: text/plain\n\n${status}`,
  )
  expect(await readReturned(answered)).toEqual([])
  expect(await readReturned(report(''))).toEqual([])
  expect(await readReturned(crlf('Content-Type: multipart/report; boundary=x\n\n--x'))).toEqual([])
  expect(await readReturned(Buffer.alloc(0))).toEqual([])
})
