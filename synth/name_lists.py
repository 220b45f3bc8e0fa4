"""The characters that made people are called by. Our own lists, commonest first.

Here: surnames with rounded published shares (Ministry of Public Security, name reports), given-name
characters by cohort and sex, words of dotted names, rare characters. Not here: how they are drawn.
"""

from __future__ import annotations

SURNAMES: tuple[tuple[str, float], ...] = (
    *zip("王李张刘陈杨黄赵吴周", (7.1, 7.0, 6.7, 5.2, 4.6, 3.1, 2.3, 2.2, 2.1, 2.0), strict=True),
    *zip("徐孙马朱胡郭何林高罗", (1.6, 1.5, 1.4, 1.3, 1.3, 1.2, 1.2, 1.1, 1.1, 1.0), strict=True),
    *zip("郑梁谢宋唐许韩邓冯曹", (0.9, 0.9, 0.8, 0.8, 0.8, 0.7, 0.7, 0.7, 0.6, 0.6), strict=True),
    *((c, 0.45) for c in "彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"),
    *((c, 0.27) for c in "沈姚姜崔钟谭陆范汪廖石金韦贾夏付方邹熊白"),
    *((c, 0.15) for c in "孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵"),
    *((c, 0.05) for c in "万覃武钱戴严莫孔向常汤葛季缪冒丛蔺宗佘卞"),
    *((c, 0.02) for c in ("欧阳", "司马", "诸葛", "上官", "皇甫")),
)

COHORTS = (1950, 1970, 1990, 2005, 2100)
"""Each cohort ends before the year given."""

MALE: tuple[str, ...] = (
    "德福贵生根宝善庆长永兴义财正仁顺寿松发礼炳锦昌如有连金春荣海",
    "建国华明志军平林新强兵忠民保学文祥东山和友良宏卫跃红爱援朝先进",
    "伟军勇涛强斌峰磊超波辉健刚俊鹏飞亮凯杰宁海鑫东旭毅晓雷成刚",
    "浩宇杰俊鑫涛文博天翔晨阳凯轩子豪佳磊旭昊志远航帆鹏程嘉伟泽",
    "宸轩浩宇子涵梓睿泽奕辰俊熙沐铭皓逸博霖煜恒一诺瑾承安景澄屹",
)
FEMALE: tuple[str, ...] = (
    "秀英兰桂珍凤玉芳素莲菊香梅巧金翠素银妹宝美云月招连粉扣彩琴",
    "玉红英霞华芳萍琴兰梅丽建新爱淑国秋月群珍桂荣凤勤学云巧慧明",
    "丽娟敏燕静艳娜洁玲霞莉丹芳琳莹红晓春颖蕾慧婷海小雪梅晶倩云",
    "婷雪佳怡欣悦琪文静雨晨慧莹倩思颖璐瑶梦洁子涵晓敏梓钰蕊嘉茜",
    "梓涵欣怡诗琪雨彤可馨子萱一诺语汐若溪沐瑶妍思芷晴依念安苡桐玥",
)
SINGLE_SHARE = (0.08, 0.16, 0.33, 0.27, 0.10)
"""How many of a cohort have a given name of one character."""

RARE = "䶮㛃𠮷犇堃喆彧祎燚垚翀赟珺旻昉劼"
PRIVATE_USE = {"䶮": "\ue863", "㛃": "\ue801", "𠮷": "\ue802"}
"""What a department without the character stores in its place."""

DOTTED_MALE = (
    "艾力", "买买提", "吐尔逊", "阿不都", "玉素甫", "依明", "卡德尔", "努尔买买提",
    "阿布都热西提", "吾斯曼", "帕尔哈提", "艾尼瓦尔", "托合提", "萨迪克",
)  # fmt: skip
DOTTED_FEMALE = (
    "阿依古丽", "帕提古丽", "热依汗", "古丽娜尔", "茹仙古丽", "阿米娜", "祖丽菲娅",
    "布海丽且姆", "玛依拉", "再乃普", "迪丽努尔", "努尔曼古丽",
)  # fmt: skip

ETHNICITIES: tuple[tuple[str, float], ...] = (
    ("汉族", 96.9), ("维吾尔族", 1.3), ("回族", 0.8), ("土家族", 0.5), ("苗族", 0.5),
)  # fmt: skip
"""Only the second has dotted names here."""
