"""The Chinese of jobs, countries, capitals and the calendar; and pairs of opposites, which are Chinese of their own."""

JOBS = """
baker=面包师, teacher=老师, doctor=医生, nurse=护士, farmer=农民, cook=厨师, driver=司机, pilot=飞行员, sailor=水手
firefighter=消防员, builder=建筑工人, painter=画家, singer=歌手, tailor=裁缝, gardener=园丁, fisherman=渔夫, dentist=牙医, vet=兽医
writer=作家, butcher=屠夫, carpenter=木匠, postman=邮递员, librarian=图书管理员, waiter=服务员, mechanic=修车工, shepherd=牧羊人
miner=矿工, judge=法官, astronaut=宇航员, barber=理发师
dancer=舞蹈演员, actor=演员, musician=音乐家, conductor=指挥家, clown=小丑, magician=魔术师, photographer=摄影师, journalist=记者
secretary=秘书, scientist=科学家, astronomer=天文学家, chemist=化学家, pharmacist=药剂师, surgeon=外科医生, optician=验光师
police officer=警察, soldier=士兵, guard=门卫, detective=侦探, lawyer=律师, president=总统, mayor=市长, king=国王, plumber=水管工
electrician=电工, roofer=屋顶工, bricklayer=砌砖工, blacksmith=铁匠, potter=陶工, weaver=织布工, shoemaker=鞋匠, jeweller=珠宝匠
watchmaker=钟表匠, glazier=玻璃工, cleaner=保洁员, street sweeper=清洁工, window cleaner=擦窗工, dustman=垃圾工, florist=花店老板
grocer=菜贩, cashier=收银员, fishmonger=鱼贩, beekeeper=养蜂人, zookeeper=动物饲养员, jockey=骑师, lumberjack=伐木工, forester=护林员
hunter=猎人, diver=潜水员, lifeguard=救生员, coach=教练, footballer=足球运动员, swimmer=游泳运动员, train driver=火车司机
taxi driver=出租车司机, lorry driver=卡车司机, captain=船长, flight attendant=空中乘务员, porter=行李员, engineer=工程师
architect=建筑师, programmer=程序员, banker=银行家, translator=翻译, poet=诗人, composer=作曲家, sculptor=雕塑家, model=模特
guide=讲解员, geographer=地理学家
"""

WORK = """
bake bread=烤面包, teach children=教孩子, help sick people=给人看病, care for sick people=照顾病人, grow food=种粮食, make meals=做饭
drive a bus=开公共汽车, fly planes=开飞机, sail ships=开船, put out fires=灭火, build houses=盖房子, paint pictures=画画, sing songs=唱歌
sew clothes=缝衣服, grow flowers=种花, catch fish=捕鱼, look after teeth=看牙齿, help sick animals=给动物看病, write books=写书
sell meat=卖肉, make things of wood=用木头做东西, bring letters=送信, look after books=管理图书, serve food=端饭菜, repair cars=修汽车
look after sheep=放羊, dig for coal=挖煤, decide in court=判案, travel in space=在太空旅行, cut hair=理发
dance=跳舞, play a part in a film=演电影, play music=演奏音乐, lead an orchestra=指挥乐队, make people laugh=逗人笑, do magic tricks=变魔术
take photos=拍照, write the news=写新闻, answer letters=回信, study nature=研究自然, study the stars=研究星星, mix chemicals=配制药水
sell medicine=卖药, operate on people=做手术, test eyes=检查视力, catch thieves=抓小偷, defend the country=保卫国家, watch a gate=看大门
solve crimes=破案, explain the law=讲解法律, lead a country=领导国家, lead a city=管理城市, rule a kingdom=统治王国, repair pipes=修水管
repair electric wires=修电线, repair roofs=修屋顶, build walls=砌墙, make horseshoes=打马蹄铁, make clay pots=做陶罐, weave cloth=织布
make shoes=做鞋, make rings=做戒指, repair watches=修手表, put in windows=装窗户, clean rooms=打扫房间, sweep the streets=扫大街
clean windows=擦窗户, take away the rubbish=运走垃圾, sell flowers=卖花, sell vegetables=卖菜, take the money=收钱, sell fish=卖鱼
look after bees=养蜜蜂, look after wild animals=照顾野生动物, ride racehorses=骑赛马, cut down trees=伐树, look after the forest=保护森林
hunt deer=猎鹿, dive in the sea=潜水, save swimmers=救落水的人, train a team=训练球队, play football=踢足球, swim races=参加游泳比赛
drive trains=开火车, drive a taxi=开出租车, drive a truck=开卡车, lead a ship=指挥轮船, look after passengers=照顾乘客
carry suitcases=搬行李, plan machines=设计机器, draw plans of houses=画房子的图纸, write computer programs=编程序, look after money=管钱
turn words into another language=把话译成外语, write poems=写诗, write music=写曲子, make statues=做雕像, show new clothes=展示新衣服
show visitors the way=给游客带路, draw maps=画地图
"""

WORKPLACES = """
bakery=面包店, school=学校, hospital=医院, farm=农场, kitchen=厨房, road=马路, plane=飞机, sea=大海, fire station=消防站
building site=工地, studio=画室, stage=舞台, shop=商店, garden=花园, clinic=诊所, desk=书桌, workshop=车间, street=街道
library=图书馆, restaurant=餐馆, garage=车库, meadow=草地, mine=矿井, court=法院, space=太空
theatre=剧院, concert hall=音乐厅, circus=马戏团, office=办公室, laboratory=实验室, observatory=天文台, pharmacy=药店
police station=警察局, army camp=军营, gate=大门口, palace=宫殿, town hall=市政厅, castle=城堡, bathroom=浴室, house=家
roof=屋顶, forge=铁匠铺, market=市场, supermarket=超市, zoo=动物园, race track=赛马场, forest=森林, beach=沙滩, stadium=体育场
swimming pool=游泳池, railway=铁路, city=城市, ship=轮船, hotel=旅馆, bank=银行, museum=博物馆
"""

COUNTRIES = """
France=法国, Germany=德国, Italy=意大利, Spain=西班牙, England=英国, China=中国, Japan=日本, India=印度, Russia=俄罗斯, Egypt=埃及
Kenya=肯尼亚, Greece=希腊, Poland=波兰, Austria=奥地利, Norway=挪威, Sweden=瑞典, Finland=芬兰, Portugal=葡萄牙, Ireland=爱尔兰
Cuba=古巴, Peru=秘鲁, Chile=智利, Canada=加拿大, Turkey=土耳其, Hungary=匈牙利, Denmark=丹麦, Belgium=比利时, Thailand=泰国
Iran=伊朗, Iraq=伊拉克, Nepal=尼泊尔
South Korea=韩国, Scotland=苏格兰, Switzerland=瑞士, Iceland=冰岛, Ukraine=乌克兰, Romania=罗马尼亚, Bulgaria=保加利亚, Croatia=克罗地亚
Mongolia=蒙古国, Pakistan=巴基斯坦, Bangladesh=孟加拉国, Vietnam=越南, Malaysia=马来西亚, Indonesia=印度尼西亚, Saudi Arabia=沙特阿拉伯
Jordan=约旦, Morocco=摩洛哥, Tanzania=坦桑尼亚, Ethiopia=埃塞俄比亚, Nigeria=尼日利亚, Ghana=加纳, Uganda=乌干达, Madagascar=马达加斯加
Senegal=塞内加尔, Botswana=博茨瓦纳, America=美国, Mexico=墨西哥, Jamaica=牙买加, Costa Rica=哥斯达黎加, Brazil=巴西
Argentina=阿根廷, Uruguay=乌拉圭, Ecuador=厄瓜多尔, Colombia=哥伦比亚, Venezuela=委内瑞拉, Australia=澳大利亚, New Zealand=新西兰
"""

CAPITALS = """
Paris=巴黎, Berlin=柏林, Rome=罗马, Madrid=马德里, London=伦敦, Beijing=北京, Tokyo=东京, Moscow=莫斯科, Cairo=开罗
Nairobi=内罗毕, Athens=雅典, Warsaw=华沙, Vienna=维也纳, Oslo=奥斯陆, Stockholm=斯德哥尔摩, Helsinki=赫尔辛基, Lisbon=里斯本
Dublin=都柏林, Havana=哈瓦那, Lima=利马, Santiago=圣地亚哥, Ottawa=渥太华, Ankara=安卡拉, Budapest=布达佩斯, Copenhagen=哥本哈根
Brussels=布鲁塞尔, Bangkok=曼谷, Seoul=首尔, Tehran=德黑兰, Baghdad=巴格达, Kathmandu=加德满都
New Delhi=新德里, Edinburgh=爱丁堡, Bern=伯尔尼, Reykjavik=雷克雅未克, Kyiv=基辅, Bucharest=布加勒斯特, Sofia=索非亚, Zagreb=萨格勒布
Ulaanbaatar=乌兰巴托, Islamabad=伊斯兰堡, Dhaka=达卡, Hanoi=河内, Kuala Lumpur=吉隆坡, Jakarta=雅加达, Riyadh=利雅得, Amman=安曼
Rabat=拉巴特, Dodoma=多多马, Addis Ababa=亚的斯亚贝巴, Abuja=阿布贾, Accra=阿克拉, Kampala=坎帕拉, Antananarivo=塔那那利佛
Dakar=达喀尔, Gaborone=哈博罗内, Washington=华盛顿, Mexico City=墨西哥城, Kingston=金斯敦, San Jose=圣何塞, Brasilia=巴西利亚
Buenos Aires=布宜诺斯艾利斯, Montevideo=蒙得维的亚, Quito=基多, Bogota=波哥大, Caracas=加拉加斯, Canberra=堪培拉, Wellington=惠灵顿
"""

CALENDAR = """
Monday=星期一, Tuesday=星期二, Wednesday=星期三, Thursday=星期四, Friday=星期五, Saturday=星期六, Sunday=星期日
January=一月, February=二月, March=三月, April=四月, May=五月, June=六月, July=七月, August=八月, September=九月, October=十月
November=十一月, December=十二月, spring=春天, summer=夏天, autumn=秋天, winter=冬天
day=天, month=月, season=季节
sunny=晴天, rainy=雨天, windy=刮风天, snowy=雪天, cloudy=阴天, warm=暖和, cold=寒冷, foggy=雾天, hot=炎热, stormy=暴风雨天
"""

OPPOSITES = """
快 慢|大 小|高 矮|长 短|多 少|冷 热|上 下|左 右|前 后|里 外|黑 白|新 旧|好 坏|开 关|满 空|硬 软|湿 干|远 近|轻 重|早 晚|胖 瘦|粗 细|厚 薄
宽 窄|深 浅|强 弱|贫 富|美 丑|真 假|对 错|来 去|进 出|买 卖|借 还|哭 笑|爱 恨|输 赢|推 拉|问 答|升 降|生 死|老 幼|男 女|东 西|南 北
天 地|昼 夜|古 今|难 易|甜 苦|明 暗|动 静|始 终|收 发|攻 守|聚 散|得 失|祸 福|善 恶|忙 闲|松 紧|曲 直|生 熟|存 取|加 减|正 反
高兴 难过|勇敢 胆小|聪明 愚蠢|勤劳 懒惰|干净 肮脏|安静 吵闹|安全 危险|容易 困难|便宜 昂贵|善良 凶恶|诚实 虚伪|谦虚 骄傲|大方 小气
温暖 寒冷|明亮 黑暗|整齐 杂乱|成功 失败|开始 结束|记住 忘记|朋友 敌人|白天 黑夜|早上 晚上|春天 秋天|夏天 冬天|上面 下面|里面 外面
前面 后面|左边 右边|以前 以后|过去 将来|增加 减少|前进 后退|上升 下降|打开 关上|喜欢 讨厌|表扬 批评|赞成 反对|同意 拒绝|团结 分裂
平坦 崎岖|光滑 粗糙|柔软 坚硬|简单 复杂|清楚 模糊|认真 马虎|热闹 冷清|粗心 细心|公开 秘密|新鲜 腐烂|快乐 悲伤|富有 贫穷|强壮 虚弱
文明 野蛮|战争 和平|优点 缺点|起点 终点|出现 消失|放松 紧张|节约 浪费|进步 退步|保护 破坏|相信 怀疑|醒来 入睡|穿上 脱下|开心 伤心
"""
