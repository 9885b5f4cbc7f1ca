// SPDX-License-Identifier: Apache-2.0
// A client that makes cases, acts on them and sends photos, and writes down each acknowledgement in
// its own file, on disk, before it asks for anything more. What it does not know to be done it does
// again with the same key.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { plainPng } from './png.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const film = (text) => Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), Buffer.from(text.repeat(60))]);

export class Ledger {
  constructor(folder, number) {
    this.number = number;
    this.file = path.join(folder, `client-${number}.jsonl`);
    this.fd = fs.openSync(this.file, 'a');
    this.serial = 0;
    this.count = 0;
    this.job = null;
  }

  acknowledged(what) {
    fs.writeSync(this.fd, `${JSON.stringify(what)}\n`);
    fs.fsyncSync(this.fd);
    this.count++;
  }

  /** Works until asking fails. who: {agent, station} signed in at the program as it runs now. */
  async work(who) {
    try {
      for (;;) {
        this.job ??= { key: `c${this.number}-${++this.serial}`, done: new Set() };
        await this.#caseOf(who.agent);
        await this.#accept(who.station);
        await this.#evidence(who.agent, 'before', film(this.job.key));
        if (this.serial % 4 === 0) await this.#evidence(who.agent, 'after', plainPng(16, 16, [this.number, this.serial % 256, this.serial >> 8]));
        this.job = null;
      }
    } catch (error) {
      return error;
    }
  }

  async #caseOf(agent) {
    const { job } = this;
    if (job.id) return;
    const made = await agent.post('/cases', {
      kind: 'no_heat', title: `家里不热 ${job.key}`, contact_number: '13800001001',
      address: '云汀市北桥区听松里 1 号楼 1 单元 101',
    }, { 'idempotency-key': job.key });
    job.id = made.id;
    this.acknowledged({ made: made.id, number: made.number, key: job.key });
  }

  async #accept(station) {
    const { job } = this;
    if (job.done.has('accept')) return;
    // Whether it was done before the program died is asked, not guessed.
    if (job.isUnsure && (await station.get(`/cases/${job.id}/progress`)).state === 'accepted') job.done.add('accept');
    job.isUnsure = true;
    if (!job.done.has('accept')) await station.post(`/cases/${job.id}/acts`, { verb: 'accept' });
    job.done.add('accept');
    this.acknowledged({ accepted: job.id });
  }

  async #evidence(agent, purpose, bytes) {
    const { job } = this;
    if (job.done.has(purpose)) return;
    const all = `/cases/${job.id}/evidence`;
    const offer = { name: `${job.key}.bin`, size: bytes.length, sha256: sha256(bytes), purpose };
    let upload = await agent.post(all, offer, { 'idempotency-key': `${job.key}-${purpose}` });
    const half = Math.ceil(bytes.length / 2);
    while (upload.received < bytes.length) {
      const piece = bytes.subarray(upload.received, upload.received < half ? half : bytes.length);
      upload = await agent.patchBytes(`${all}/${upload.id}?offset=${upload.received}`, piece);
      this.acknowledged({ chunk: upload.id, received: upload.received, of: bytes.toString('base64') });
    }
    const kept = await agent.post(`${all}/${upload.id}/finish`);
    job.done.add(purpose);
    this.acknowledged({ kept: kept.id, of_case: job.id, sha256: kept.sha256, kind: kept.kind });
  }

  lines() {
    return fs.readFileSync(this.file, 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l));
  }
}
