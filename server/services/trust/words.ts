/** 128 plain words of two characters: easy to hear on a bad line, none sounds like another, none frightens. */
export const phraseWords: readonly string[] = (
  '春天 石榴 山茶 白鹭 核桃 云朵 瓦片 竹篮 溪水 灯笼 棉花 木桥 豆腐 蜂蜜 风筝 稻田 ' +
  '麦穗 柿子 茶壶 铜铃 草帽 书包 粉笔 算盘 邮票 剪刀 毛巾 雨伞 火车 轮船 飞机 单车 ' +
  '花生 玉米 南瓜 丝瓜 辣椒 生姜 菠菜 萝卜 葡萄 苹果 香蕉 西瓜 樱桃 杨梅 荔枝 芒果 ' +
  '松树 柏树 银杏 梧桐 杨柳 桂花 荷花 菊花 梅花 兰草 月季 牡丹 海棠 杜鹃 水仙 芦苇 ' +
  '黄牛 山羊 白马 骆驼 大象 熊猫 松鼠 兔子 喜鹊 燕子 布谷 鸽子 孔雀 蜻蜓 蝴蝶 青蛙 ' +
  '月亮 太阳 星星 彩虹 大雪 清风 晨雾 晚霞 江河 湖泊 海洋 草原 沙滩 峡谷 高原 盆地 ' +
  '石磨 水井 陶罐 瓷碗 筷子 汤勺 铁锅 蒸笼 米饭 面条 馒头 包子 饺子 汤圆 月饼 粽子 ' +
  '钢琴 笛子 二胡 古筝 唢呐 锣鼓 象棋 围棋 毛笔 墨水 宣纸 砚台 窗帘 沙发 书架 台灯'
).split(' ');

const wordsOfPhrase = 3;

/** Three words, each of seven of the random bits: one phrase in two million. `random` gives one byte a word. */
export const makePhrase = (random: (count: number) => Uint8Array): string =>
  Array.from(random(wordsOfPhrase), byte => phraseWords[byte % phraseWords.length]).join(' · ');
