/*
description: >
  What the second page may ask, by the rule that makes it worth asking. Every question is neutral: it is put in the
  same words to a family with a finding and to one without, names no source, no amount, no illness, no custody and no
  suspicion, and can be answered by somebody who has nothing to explain. P02 asks for a visit, not for a question.
grain: [position, rule_id]
columns:
  position: the question's place on the page; one topic each
  question: the words put to the family
*/
WITH
topic AS (
    SELECT
        position,
        question,
        rule_ids
    FROM (
        VALUES
        (
            1, '请对照户口本逐一核对:现在有哪些人住在家里?近一年有无添人、减人、结婚、分户、迁入迁出或长期在外?',
            ['X01', 'X02', 'X13', 'X14', 'O11', 'O13']
        ),
        (2, '请对照户口本、身份证核对姓名和号码;家人的联系电话是哪个?', ['P05', 'P06', 'X17']),
        (
            3, '近十二个月家里有哪些收入(务工、务农、经营、养老金、租金、子女给付等)?大约各多少?',
            ['X03', 'X11', 'X16', 'X20', 'O06', 'O10']
        ),
        (4, '家里谁在工作?在哪里、做什么、从什么时候开始?没有工作的家人想做些什么?', ['X10', 'X11', 'C06']),
        (5, '家里有无存款、理财、保险?如愿意,请出示存折或账单。', ['X04']),
        (6, '家里平时使用什么交通工具?是谁的?作什么用?', ['X05']),
        (7, '除现在的住处外,家里还有无其他住房、宅基地、店面?现由谁使用?', ['X06', 'X07', 'X08']),
        (8, '家里有无人开店、办厂、合伙经营,或在企业、合作社担任职务?', ['X09']),
        (9, '不住在一起的子女或其他亲属,近一年怎样照应本户?', ['X15', 'O08', 'C01']),
        (10, '现在领取哪些救助、补贴、津贴?每月各多少?由谁代领或保管银行卡?', ['X12', 'X16', 'X18', 'O10', 'P04']),
        (11, '近十二个月看病、吃药自己大约花了多少?有无还没有报销的票据?', ['O04', 'O05', 'O11', 'C05']),
        (12, '家里有无需要人照料的家人?由谁照料?有无残疾人证,现享受哪些补贴?', ['X19', 'O01', 'O02', 'O03', 'O12', 'C02']),
        (13, '家里老人的实际出生年月?平时由谁照看,有急事先找谁?', ['X17', 'O08', 'O09', 'C01', 'C04']),
        (14, '家里的孩子现在由谁照料,在哪里上学?', ['X18', 'O07', 'C03']),
        (15, '家里成年人是否都签过核对授权书?还没有签的,是否愿意签?', ['P01']),
        (16, '上次复核以后,家里的情况有什么变化?', ['P03', 'P04'])
    ) AS asked (position, question, rule_ids)
)

SELECT
    position,
    unnest(rule_ids) AS rule_id,
    question
FROM topic
