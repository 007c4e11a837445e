// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/world/phrases.h"

#include <array>
#include <initializer_list>
#include <utility>

namespace tikgok::sim::phrases {

namespace {

using Text = std::string_view;

constexpr std::array<Text, 48> kSurnames{
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹",
    "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛"};
constexpr std::array<Text, 56> kGiven{"安", "晨", "雨", "晴", "书", "文", "子", "一", "若", "思", "嘉", "明",
                                      "海", "云", "月", "星", "青", "林", "雪", "宁", "静", "远", "航", "辰",
                                      "希", "乐", "溪", "禾", "舟", "川", "岚", "夏", "冬", "秋", "春", "岩",
                                      "松", "竹", "兰", "菲", "琪", "瑶", "薇", "芸", "凯", "杰", "峰", "涛",
                                      "磊", "洋", "宇", "泽", "然", "易", "可", "心"};
constexpr std::array<Text, 24> kDoings{
    "爱吃的", "在路上的", "会做饭的", "不睡觉的", "种花的",   "修自行车的", "养猫的",   "弹吉他的",
    "跑步的", "写代码的", "看云的",   "爱拍照的", "晒太阳的", "画画的",     "钓鱼的",   "喝茶的",
    "听雨的", "做木工的", "骑行的",   "教数学的", "开面馆的", "追日落的",   "织毛衣的", "捡贝壳的"};
constexpr std::array<Text, 24> kNicknames{"小鹿", "老陈", "阿杰", "团子", "大熊", "小满", "豆包", "阿泽",
                                          "橘子", "小鱼", "石头", "阿白", "土豆", "小北", "圆圆", "老周",
                                          "果果", "阿宁", "麦子", "小川", "芝麻", "阿福", "木木", "小十"};
constexpr std::array<Text, 24> kTowns{"成都", "大理", "青岛", "厦门", "苏州", "杭州", "西安",   "长沙",
                                      "昆明", "广州", "重庆", "南京", "武汉", "泉州", "桂林",   "丽江",
                                      "绍兴", "扬州", "大连", "威海", "贵阳", "拉萨", "哈尔滨", "珠海"};
constexpr std::array<Text, 48> kFirst{
    "Ada",   "Amir",  "Anna",  "Ben",  "Bruno", "Carla", "Chloe", "Daniel", "Diego", "Elena", "Emil", "Eva",
    "Felix", "Grace", "Hana",  "Hugo", "Ines",  "Ivan",  "Jonas", "Julia",  "Kai",   "Kenji", "Lara", "Leo",
    "Lena",  "Louis", "Lucia", "Maja", "Marco", "Maya",  "Milan", "Mina",   "Nadia", "Nils",  "Nora", "Oscar",
    "Paula", "Rosa",  "Ruth",  "Sam",  "Sara",  "Simon", "Sofia", "Tess",   "Theo",  "Tom",   "Vera", "Yuki"};
constexpr std::array<Text, 48> kLast{
    "Andersen", "Baker",   "Becker", "Berg",   "Brandt", "Castro", "Costa",  "Dahl",   "Diaz",  "Duarte",
    "Evans",    "Fischer", "Flores", "Fox",    "Garcia", "Grant",  "Hansen", "Hart",   "Hayes", "Ito",
    "Jensen",   "Kato",    "Keller", "Kim",    "Kovacs", "Larsen", "Lind",   "Lopez",  "Marsh", "Meyer",
    "Moreau",   "Mori",    "Novak",  "Okafor", "Olsen",  "Park",   "Perez",  "Petrov", "Reyes", "Rossi",
    "Santos",   "Sato",    "Silva",  "Stone",  "Tanaka", "Vogel",  "Wagner", "Young"};
constexpr std::array<Text, 16> kHandles{"makes",      "outside",   "on.film", "at.sea", "cooks", "walks",
                                        "draws",      "bakes",     "rides",   "reads",  "daily", "sketches",
                                        "after.dark", "in.motion", "slowly",  "and.co"};

constexpr std::array<Text, 28> kSignatures{"拍点日常，慢慢来",
                                           "一个人也要好好吃饭",
                                           "收集日落和好听的声音",
                                           "白天上班，晚上剪视频",
                                           "走到哪拍到哪",
                                           "三只猫的室友",
                                           "喜欢下雨天",
                                           "不定期更新，随缘掉落",
                                           "山里长大的孩子",
                                           "认真生活，偶尔发呆",
                                           "约拍请私信～",
                                           "愿你看到的都是好风景",
                                           "海边小城，常年有风",
                                           "想把四季都存下来",
                                           "still learning",
                                           "slow mornings, long walks",
                                           "tiny films about tiny things",
                                           "Coffee first.",
                                           "dad of two, owner of one camera",
                                           "I post what makes me stop.",
                                           "mostly skies",
                                           "student, part-time cloud watcher",
                                           "Made with patience and cheap lenses",
                                           "somewhere between the sea and the studio",
                                           "all sound on, please",
                                           "new video every Sunday, more or less",
                                           "looking for quiet places",
                                           "Trains, rain, repeat"};

// What each of the shipped clips shows, in the order of their files.
struct Subject {
    Text chinese;
    Text english;
};
constexpr std::array<Subject, 40> kSubjects{{{"极光", "Northern lights"},   {"锦鲤", "Koi pond"},
                                             {"城市夜景", "The city"},      {"剪纸海浪", "Paper waves"},
                                             {"黑胶唱片", "Old vinyl"},     {"水母", "Jellyfish"},
                                             {"天灯", "Sky lanterns"},      {"霓虹隧道", "Neon tunnel"},
                                             {"热茶", "Tea and steam"},     {"绿皮火车", "The slow train"},
                                             {"红叶", "Maple leaves"},      {"熔岩灯", "Lava lamp"},
                                             {"雨窗", "Rain on glass"},     {"鲸鱼", "A whale"},
                                             {"山里的一天", "A whole day"}, {"方块阵", "Cubes"},
                                             {"烟花", "Fireworks"},         {"竹林", "Bamboo"},
                                             {"像素小狐", "Pixel fox"},     {"水中的墨", "Ink in water"},
                                             {"热气球", "Balloons"},        {"摩天轮", "Ferris wheel"},
                                             {"万花筒", "Kaleidoscope"},    {"雪松", "Snow in the pines"},
                                             {"纸鹤", "Paper cranes"},      {"月亮和潮水", "Moon and tide"},
                                             {"摆锤", "Pendulums"},         {"灯塔", "The lighthouse"},
                                             {"风场", "Wind lines"},        {"深夜拉面", "Midnight ramen"},
                                             {"泡泡", "Bubbles"},           {"彩色玻璃", "Stained glass"},
                                             {"三只猫", "Three cats"},      {"星系", "A galaxy"},
                                             {"蒲公英", "Dandelions"},      {"霓虹公路", "Sunset drive"},
                                             {"珊瑚礁", "Coral reef"},      {"一笔圆", "One round stroke"},
                                             {"驼队", "The caravan"},       {"曲线", "Two sine waves"}}};
constexpr std::array<Text, 20> kTimes{"清晨", "雨后", "傍晚",   "深夜",   "周末",   "午后",  "立春",
                                      "盛夏", "初秋", "冬至",   "下班后", "假期",   "昨晚",  "今早",
                                      "黄昏", "雪后", "起风时", "月圆夜", "放学后", "五点半"};
constexpr std::array<Text, 20> kRemarks{"看一会儿就不烦了", "值得早起",     "手机随手拍的", "声音一定要打开",
                                        "等了三个小时",     "第一次拍成功", "看到最后",     "送给加班的你",
                                        "差点错过",         "美得不真实",   "随便看看",     "有点治愈",
                                        "再来一遍",         "慢下来",       "不加滤镜",     "收藏了",
                                        "一个人看",         "请横着看",     "下次还来",     "心情好多了"};
constexpr std::array<Text, 20> kMoments{"at dawn",        "after the rain", "at dusk",      "past midnight",
                                        "on a Sunday",    "in June",        "last night",   "this morning",
                                        "on my way home", "in slow motion", "before work",  "in the fog",
                                        "with sound on",  "one more time",  "from my roof", "in one take",
                                        "for mum",        "no filter",      "on day 12",    "finally"};

constexpr std::array<Text, 64> kComments{"太美了吧",
                                         "这是哪里？好想去",
                                         "循环了十遍",
                                         "声音好治愈",
                                         "已经设成壁纸了",
                                         "看完心情好多了",
                                         "求教程！",
                                         "这光线绝了",
                                         "每天都来看一遍",
                                         "原来可以这么拍",
                                         "我家猫也看呆了",
                                         "想家了",
                                         "下次带上我",
                                         "用的什么相机呀",
                                         "慢慢看，真好",
                                         "好像小时候的夏天",
                                         "哈哈哈哈最后那一下",
                                         "又学到了",
                                         "这个颜色太舒服了",
                                         "终于等到更新",
                                         "收藏夹吃灰系列",
                                         "配乐叫什么名字？",
                                         "晚安，做个好梦",
                                         "第一！",
                                         "看饿了",
                                         "在现场，比视频还好看",
                                         "你怎么做到的",
                                         "治好了我的精神内耗",
                                         "转给我妈看了",
                                         "别停，继续拍",
                                         "这才是生活",
                                         "求原图",
                                         "wow",
                                         "How long did this take?",
                                         "The sound, please never stop.",
                                         "I needed this today.",
                                         "Where is this?",
                                         "Instant calm.",
                                         "Watching this on the bus, missed my stop",
                                         "teach me",
                                         "That last second though",
                                         "so good it hurts",
                                         "My kid asked for it again. And again.",
                                         "Saving this for bad days",
                                         "what lens?",
                                         "I was there last year! Even better in winter.",
                                         "The colours…",
                                         "first",
                                         "how is this not viral",
                                         "One more loop, then sleep",
                                         "Greetings from Lisbon",
                                         "You make it look easy",
                                         "That's my new wallpaper",
                                         "Perfect ten seconds",
                                         "I can smell this video",
                                         "ok, I'm subscribed",
                                         "This made my whole team stop working",
                                         "More of these please!",
                                         "Lovely work.",
                                         "👏👏👏",
                                         "🔥",
                                         "😍",
                                         "啊啊啊啊啊",
                                         "+1"};

constexpr std::array<std::array<Text, 6>, 12> kConversations{
    {{"在吗？", "在的，怎么了", "昨天那个视频是在哪拍的？", "后山，下雨之前", "下次叫上我", "好呀，周六早上"},
     {"新视频看了，好喜欢", "谢谢！剪了两天", "配乐叫什么？", "朋友写的，还没发布", "发布了告诉我", "一定"},
     {"周末有空吗", "周日下午可以", "一起去拍日落？", "好，几点见", "五点，老地方", "不见不散"},
     {"你的相机借我用用？", "可以，电池记得充", "明天还你", "不急", "拍到好东西分你一半", "成交"},
     {"吃了吗", "还没，在等面", "哪家？", "街角那家新开的", "好吃吗", "等会告诉你"},
     {"生日快乐！", "哈哈谢谢你还记得", "礼物在路上", "不用这么客气", "到了拍给我看", "一定"},
     {"Hey, loved the last one", "Thank you! Took me all week", "What did you shoot it with?",
      "Just my phone", "No way", "I'll show you on Friday"},
     {"Are you coming tonight?", "Yes, a bit late though", "We'll save you a seat", "By the window please",
      "Of course", "See you at eight"},
     {"Quick question", "Go on", "Can I use your clip in my video?", "Sure, just mention me",
      "Will do, thanks!", "Send me the link"},
     {"Good morning", "Morning! Up already?", "The light is perfect", "Ten more minutes…",
      "It will be gone by then", "OK OK, on my way"},
     {"Did you see the comments?", "Reading them now", "Somebody knows the place",
      "Then everybody will go there", "Maybe not in winter", "Fingers crossed"},
     {"How was the trip?", "Long. Beautiful. Cold.", "Pictures!", "Still sorting 2,000 of them",
      "Start with the best", "That is the problem"}}};

template <std::size_t N>
Text pick(const std::array<Text, N>& from, Dice& dice) {
    return from[dice.below(N)];
}

std::string lower(Text text) {
    std::string result(text);
    for (char& c : result) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return result;
}

std::string joined(std::initializer_list<Text> parts) {
    std::string result;
    for (const Text part : parts) {
        result += part;
    }
    return result;
}

}  // namespace

std::string name(Dice& dice) {
    // Middle names and towns make enough of them for a large world.
    const std::string initial(1, static_cast<char>('A' + dice.below(26)));
    switch (dice.below(8)) {
        case 0:
        case 1:
        case 2:
            return joined({pick(kSurnames, dice), pick(kGiven, dice), pick(kGiven, dice)});
        case 3:
            return joined({pick(kDoings, dice), pick(kTowns, dice), pick(kNicknames, dice)});
        case 4:
            return joined({pick(kFirst, dice), " ", pick(kLast, dice)});
        case 5:
        case 6:
            return joined({pick(kFirst, dice), " ", initial, ". ", pick(kLast, dice)});
        default:
            return joined(
                {lower(pick(kFirst, dice)), ".", lower(pick(kLast, dice)), ".", pick(kHandles, dice)});
    }
}

std::string withNumber(std::string name, Dice& dice) {
    return std::move(name) + std::to_string(dice.below(9999) + 1);
}

std::string signature(Dice& dice) {
    return dice.chance(12) ? std::string() : std::string(pick(kSignatures, dice));
}

std::string title(std::size_t clip, Dice& dice) {
    const Subject& subject = kSubjects[clip % kSubjects.size()];
    switch (dice.below(6)) {
        case 0:
            return joined({pick(kTimes, dice), "的", subject.chinese});
        case 1:
            return joined({subject.chinese, "，", pick(kRemarks, dice)});
        case 2:
            return joined({pick(kTimes, dice), "的", subject.chinese, "，", pick(kRemarks, dice)});
        case 3:
            return joined({"第", std::to_string(dice.below(98) + 2), "次拍", subject.chinese});
        case 4:
            return joined({subject.english, ", take ", std::to_string(dice.below(40) + 2)});
        default:
            return joined({subject.english, " ", pick(kMoments, dice)});
    }
}

std::string_view comment(Dice& dice) {
    return pick(kComments, dice);
}

std::string_view message(std::size_t conversation, std::size_t turn) {
    const auto& lines = kConversations[conversation % kConversations.size()];
    return lines[turn % lines.size()];
}

std::size_t conversations() {
    return kConversations.size();
}

std::size_t turns(std::size_t conversation) {
    return kConversations[conversation % kConversations.size()].size();
}

}  // namespace tikgok::sim::phrases
