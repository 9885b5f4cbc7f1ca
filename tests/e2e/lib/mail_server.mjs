// SPDX-License-Identifier: Apache-2.0
// A mail server that keeps what it is given and knows no mailbox beginning with "nobody".
import { SMTPServer } from 'smtp-server';

export async function startMailServer() {
  const mails = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(address, session, done) {
      if (!address.address.startsWith('nobody')) return done();
      const refusal = new Error('no such mailbox');
      refusal.responseCode = 550;
      return done(refusal);
    },
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (piece) => (text += piece));
      stream.on('end', () => {
        const [head, body] = text.split('\r\n\r\n');
        mails.push({ to: session.envelope.rcptTo[0].address, head, text: Buffer.from(body, 'base64').toString('utf8') });
        done();
      });
    },
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    mails,
    stop: () => new Promise((done) => server.close(done)),
  };
}
