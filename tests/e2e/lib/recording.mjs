// SPDX-License-Identifier: Apache-2.0
// A call's recording as it lies on disk: left the citizen, right our people.
import path from 'node:path';
import { readWav } from './audio.mjs';
import { until } from './wait.mjs';
import { bodies } from './seat.mjs';

export async function recordingOf(server, api, call, purpose = 'call') {
  const facts = await until(`the ${purpose} recording of call ${call} is closed`, async () => {
    const { items } = await api.get(`/calls/${call}/facts`);
    const opened = bodies(items, 'RecordingOpened').find((b) => b.purpose === purpose);
    return opened && bodies(items, 'RecordingClosed').some((b) => b.recording === opened.recording) && items;
  });
  const opened = bodies(facts, 'RecordingOpened').find((b) => b.purpose === purpose);
  const closed = bodies(facts, 'RecordingClosed').find((b) => b.recording === opened.recording);
  const file = `${path.join(server.data, 'db/recordings', opened.file)}.wav`;
  const { rate, channels: [left, right] } = readWav(file);
  return { file, rate, left, right, outcome: closed.outcome, marks: bodies(facts, 'RecordingMarked'), facts };
}
