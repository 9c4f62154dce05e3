import { expect, it } from 'vitest';
import { Pen } from '../../server/reports/pen.ts';
import { paperText } from './readers.ts';

it('what is written on paper is read back letter by letter, ligatures of numbers too', async () => {
  const number = 'exp_01m80fft fi fl ffi ffl';
  const pen = new Pen({ Title: '一' });
  pen.paragraph(`编号 ${number}`);
  expect(paperText(await pen.finish(() => '脚'))).toContain(number);
});
