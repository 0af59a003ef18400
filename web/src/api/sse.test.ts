import { expect, test } from 'vitest';
import { SseParser } from './sse';

test('events survive being cut anywhere', () => {
  const text =
    'event: stage\ndata: {"stage":"executing"}\n\n: keep alive\n\nevent: answer\r\ndata: {"a":\r\ndata: 1}\r\n\r\n';
  const whole = new SseParser().push(text);
  expect(whole).toEqual([
    { name: 'stage', data: '{"stage":"executing"}' },
    { name: 'answer', data: '{"a":\n1}' },
  ]);
  for (let cut = 1; cut < text.length; cut++) {
    const parser = new SseParser();
    expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))], `cut at ${cut}`).toEqual(whole);
  }
});

test('an event that is not finished is not given', () => {
  expect(new SseParser().push('data: 1\n')).toEqual([]);
});
