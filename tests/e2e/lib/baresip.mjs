// SPDX-License-Identifier: Apache-2.0
// baresip as a citizen's or an agent's phone: a tone as its microphone, what it hears as a file.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { tempFolder } from './server.mjs';
import { readWav, writeTone } from './audio.mjs';
import { until } from './wait.mjs';

async function freePort() {
  return new Promise((done) => {
    const s = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => done(port));
    });
  });
}

/** account: {user, password} registers with `server`; without it the phone only dials. tls: by SIP over TLS. */
export async function startBaresip({ server, toneHz = 700, account = null, user = '13800001001', auto = false, host = '127.0.0.1', tls = false, codec = 'PCMA/8000/1' }) {
  const dir = tempFolder('baresip');
  const control = await freePort();
  const mic = path.join(dir, 'mic.wav');
  writeTone(mic, toneHz, { seconds: 180 });
  fs.writeFileSync(path.join(dir, 'config'), `
sip_listen ${host}:0
audio_player aufile,${path.join(dir, 'ear.wav')}
audio_source aufile,${mic}
audio_alert nothing,
ausrc_srate 8000
auplay_srate 8000
opus_stereo no
audio_channels 1-1
jitter_buffer_delay 1-5
rtp_timeout 0
net_interface ${host}
module_path /usr/lib/baresip/modules
module g711.so
module g722.so
module opus.so
module aufile.so
module sndfile.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${control}
snd_path ${dir}
`);
  const at = tls ? `${server.sip_tls};transport=tls` : server.sip;
  const who = account?.user ?? user;
  const uri = account
    ? `<sip:${who}@${at}>;auth_pass=${account.password};regint=300;answermode=${auto ? 'auto' : 'manual'}`
    : `<sip:${who}@${at}>;regint=0;answermode=${auto ? 'auto' : 'manual'}`;
  fs.writeFileSync(path.join(dir, 'accounts'), `${uri};audio_codecs=${codec}\n`);
  fs.writeFileSync(path.join(dir, 'contacts'), '');
  const log = fs.openSync(path.join(dir, 'log.txt'), 'w');
  const child = spawn('baresip', ['-f', dir], { stdio: ['ignore', log, log] });
  const events = [];
  const socket = await until('baresip listens', () => new Promise((done, fail) => {
    const s = net.connect(control, '127.0.0.1', () => done(s));
    s.on('error', fail);
  }));
  let buffer = '';
  socket.on('data', (chunk) => {
    buffer += chunk.toString('latin1');
    for (;;) { // netstrings: "<length>:<json>,"
      const colon = buffer.indexOf(':');
      if (colon < 0) return;
      const length = Number(buffer.slice(0, colon));
      if (buffer.length < colon + length + 2) return;
      events.push(JSON.parse(buffer.slice(colon + 1, colon + 1 + length)));
      buffer = buffer.slice(colon + length + 2);
    }
  });
  const send = (command, params = '') => {
    const text = JSON.stringify({ command, params });
    socket.write(`${text.length}:${text},`);
  };
  const seen = (type) => events.filter((e) => e.event && e.type === type);
  return {
    dir, events, send, seen,
    dial: (number) => send('dial', `sip:${number}@${at}`),
    accept: () => send('accept'),
    hangUp: () => send('hangup'),
    key: (k) => send('sndcode', k),
    /** A WAV of 16-bit PCM at 8 kHz becomes its microphone. */
    speak: (file) => send('ausrc', `aufile,${file}`),
    until: (type, seconds = 20) => until(`baresip ${who}: ${type}`, () => seen(type).length > 0, { seconds }),
    /** What this phone heard so far (sndfile module writes one file a direction). */
    heard() {
      const file = fs.readdirSync(dir).filter((f) => f.startsWith('dump-') && f.includes('-dec')).sort().at(-1);
      return file ? readWav(path.join(dir, file)) : null;
    },
    async stop() {
      socket.end();
      const gone = new Promise((done) => child.on('exit', done));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(timer);
      fs.rmSync(dir, { recursive: true, force: true });
    },
    log: () => fs.readFileSync(path.join(dir, 'log.txt'), 'utf8'),
  };
}
