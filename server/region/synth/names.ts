import type { Random } from '#domain/random.ts';

/** A name in Chinese with its transliteration. */
export interface Name {
  zh: string;
  en: string;
}

type Syllable = readonly [zh: string, pinyin: string];

const parse = (text: string): Syllable[] =>
  text.split(' ').map(item => {
    const [zh = '', pinyin = ''] = item.split(':');
    return [zh, pinyin];
  });

// Streets: two syllables, both from words that Chinese towns like to see on their signs.
const streetHeads = parse(
  '翠:cui 文:wen 锦:jin 云:yun 玉:yu 清:qing 龙:long 凤:feng 金:jin 兴:xing 永:yong 和:he 安:an 明:ming 春:chun 秀:xiu 碧:bi 梧:wu 桂:gui 松:song 竹:zhu 梅:mei 柳:liu 莲:lian 星:xing 月:yue 瑞:rui 福:fu 宁:ning 泰:tai 昌:chang 景:jing 丹:dan 石:shi 望:wang 迎:ying 崇:chong 德:de 学:xue 弘:hong',
);
const streetTails = parse(
  '屏:ping 昌:chang 华:hua 溪:xi 泉:quan 源:yuan 湖:hu 山:shan 岭:ling 台:tai 祥:xiang 平:ping 康:kang 乐:le 宁:ning 苑:yuan 林:lin 园:yuan 桥:qiao 塔:ta 井:jing 门:men 阳:yang 辉:hui 霞:xia 鹤:he 鹿:lu 江:jiang 川:chuan 兴:xing 和:he 义:yi 礼:li 智:zhi 信:xin 贤:xian 才:cai 元:yuan',
);
// Villages: who lives there or what grows there, and the lie of the land.
const villageHeads = parse(
  '石:shi 杨:yang 李:li 张:zhang 马:ma 普:pu 毕:bi 昂:ang 赵:zhao 高:gao 段:duan 何:he 罗:luo 鲁:lu 段家:duanjia 老:lao 新:xin 大:da 小:xiao 上:shang 下:xia 青:qing 白:bai 黑:hei 红:hong 清水:qingshui 芭蕉:bajiao 核桃:hetao 梨花:lihua 松毛:songmao 麻栗:mali 羊街:yangjie 牛场:niuchang 戈:ge 者:zhe 阿:a 维:wei 路美:lumei 额冲:echong 板桥:banqiao',
);
const villageTails = parse(
  '村:cun 营:ying 寨:zhai 冲:chong 坝:ba 塘:tang 箐:qing 哨:shao 屯:tun 坪:ping 沟:gou 凹:ao 甸:dian 井:jing 坡:po 湾:wan 桥:qiao 树:shu 龙:long 则:ze 衣:yi 乌:wu',
);
const peakHeads = parse(
  '鹰嘴:yingzui 老君:laojun 望云:wangyun 九顶:jiuding 马鞍:maan 尖:jian 笔架:bijia 狮子:shizi 香炉:xianglu 棋盘:qipan 雾露:wulu 松林:songlin 大黑:dahei 石笋:shisun',
);
const compoundTails = parse(
  '苑:yuan 小区:xiaoqu 花园:huayuan 家园:jiayuan 雅居:yaju 新村:xincun 佳苑:jiayuan 府:fu',
);
const firmHeads = parse(
  '云岭:yunling 恒远:hengyuan 鑫源:xinyuan 绿野:lüye 长顺:changshun 三和:sanhe 瑞丰:ruifeng 天成:tiancheng 宏达:hongda 众诚:zhongcheng 南高:nangao 彩石:caishi 宝象:baoxiang 通达:tongda',
);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Hands out names; the same name is never given twice by the same book. */
export class NameBook {
  private readonly random: Random;
  private readonly taken = new Set<string>();

  constructor(random: Random) {
    this.random = random;
  }

  /** Marks a name as used elsewhere; true when it was free. */
  claim(zh: string): boolean {
    if (this.taken.has(zh)) return false;
    this.taken.add(zh);
    return true;
  }

  private join(heads: Syllable[], tails: Syllable[], suffix: Name): Name {
    for (let attempt = 0; attempt < 400; attempt++) {
      const [head, headEn] = this.random.pick(heads);
      const [tail, tailEn] = this.random.pick(tails);
      if (head === tail) continue;
      // After many misses the pool is nearly used up: a third syllable widens it.
      const [extra, extraEn] = attempt < 60 ? ['', ''] : this.random.pick(streetTails);
      const zh = `${head}${extra}${tail}${suffix.zh}`;
      if (this.claim(zh)) return { zh, en: `${capital(`${headEn}${extraEn}${tailEn}`)}${suffix.en}` };
    }
    throw new Error(`synthetic county: no free name left with the ending '${suffix.zh}'`);
  }

  /** A street name with the given ending, e.g. { zh: '路', en: ' Road' }. */
  street(suffix: Name): Name {
    return this.join(streetHeads, streetTails, suffix);
  }

  /** A word pair without ending, for compounds, hotels and parks to build on. */
  stem(): Name {
    return this.join(streetHeads, streetTails, { zh: '', en: '' });
  }

  village(): Name {
    return this.join(villageHeads, villageTails, { zh: '', en: '' });
  }

  peak(): Name {
    return this.join(peakHeads, parse('山:shan'), { zh: '', en: '' });
  }

  compound(): Name {
    const stem = this.stem();
    const [zh, en] = this.random.pick(compoundTails);
    return { zh: stem.zh + zh, en: `${stem.en} ${capital(en)}` };
  }

  firm(suffix: Name): Name {
    return this.join(firmHeads, streetTails, suffix);
  }
}

export const avenue: Name = { zh: '大道', en: ' Avenue' };
export const road: Name = { zh: '路', en: ' Road' };
export const street: Name = { zh: '街', en: ' Street' };
export const lane: Name = { zh: '巷', en: ' Lane' };

/** The townships; the first is the county seat, the second the one of the story. */
export const townshipNames: readonly Name[] = [
  { zh: '鹿鸣', en: 'Luming' },
  { zh: '茶口', en: 'Chakou' },
  { zh: '石桥', en: 'Shiqiao' },
  { zh: '青萝', en: 'Qingluo' },
  { zh: '白鹭', en: 'Bailu' },
  { zh: '松坪', en: 'Songping' },
  { zh: '竹园', en: 'Zhuyuan' },
  { zh: '大河口', en: 'Dahekou' },
  { zh: '红土坡', en: 'Hongtupo' },
  { zh: '龙潭', en: 'Longtan' },
  { zh: '核桃箐', en: 'Hetaoqing' },
  { zh: '回龙', en: 'Huilong' },
  { zh: '羊街', en: 'Yangjie' },
  { zh: '月亮坝', en: 'Yueliangba' },
  { zh: '梅子', en: 'Meizi' },
  { zh: '新街', en: 'Xinjie' },
  { zh: '永宁', en: 'Yongning' },
  { zh: '三岔河', en: 'Sanchahe' },
  { zh: '清水', en: 'Qingshui' },
  { zh: '银厂', en: 'Yinchang' },
];
